import chat.dim.crypto.DecryptKey;
import chat.dim.crypto.PrivateKey;
import chat.dim.protocol.Document;
import chat.dim.protocol.ID;
import chat.dim.protocol.Meta;
import java.util.ArrayList;
import java.util.List;

/** What is known of a user or group. */
final class Entity {
    Meta meta;
    List<Document> documents = new ArrayList<>();
    List<ID> members = new ArrayList<>();
    PrivateKey identityKey;
    List<DecryptKey> visaKeys = new ArrayList<>();
}
