/** This implementation does not accept what it was given. */
final class Refused extends RuntimeException {
    Refused(String reason) {
        super(reason);
    }
}
