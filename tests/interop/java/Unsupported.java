/** There is no such thing here. */
final class Unsupported extends RuntimeException {
    Unsupported(String what) {
        super(what);
    }
}
