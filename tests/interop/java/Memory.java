import chat.dim.Archivist;
import chat.dim.Facebook;
import chat.dim.Messenger;
import chat.dim.MessagePacker;
import chat.dim.core.CipherKeyDelegate;
import chat.dim.core.Packer;
import chat.dim.core.Processor;
import chat.dim.crypto.DecryptKey;
import chat.dim.crypto.EncryptKey;
import chat.dim.crypto.SignKey;
import chat.dim.crypto.SymmetricKey;
import chat.dim.crypto.VerifyKey;
import chat.dim.mkm.BaseGroup;
import chat.dim.mkm.BaseUser;
import chat.dim.mkm.Entity.Delegate;
import chat.dim.mkm.Group;
import chat.dim.mkm.User;
import chat.dim.protocol.Content;
import chat.dim.protocol.Document;
import chat.dim.protocol.ID;
import chat.dim.protocol.InstantMessage;
import chat.dim.protocol.Meta;
import chat.dim.protocol.ReliableMessage;
import chat.dim.protocol.SecureMessage;
import chat.dim.protocol.Visa;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the peer remembers: the parts that its packages leave to the application. */
final class Memory {
    private final Map<String, Entity> entities = new HashMap<>();
    private final Map<String, SymmetricKey> messageKeys = new HashMap<>();
    private final People people = new People();
    final Post post = new Post();
    /** The one who reads. */
    ID current;
    boolean reuseKey;
    private boolean isNewKey;
    /** What was encrypted or decrypted last, to be compared. */
    String plaintext;

    Entity entityOf(ID id) {
        return entities.computeIfAbsent(id.toString().split("/")[0], key -> new Entity());
    }

    void startPacking(boolean reuse) {
        reuseKey = reuse;
        isNewKey = false;
    }

    private User userOf(ID id) {
        BaseUser user = new BaseUser(id);
        user.setDataSource(people);
        return user;
    }

    private final class People extends Facebook implements Archivist {
        @Override
        public Archivist getArchivist() {
            return this;
        }

        /** The application's part: the packages know no members, and compare IDs with their terminals. */
        @Override
        public User selectLocalUser(ID receiver) {
            String me = current.toString().split("/")[0];
            boolean isMine = receiver.isBroadcast() || receiver.toString().split("/")[0].equals(me);
            for (ID member : receiver.isGroup() ? getMembers(receiver) : Collections.<ID>emptyList()) {
                isMine = isMine || member.toString().equals(me);
            }
            return isMine ? userOf(current) : null;
        }

        @Override
        public boolean saveMeta(Meta meta, ID id) {
            return false;
        }

        @Override
        public boolean saveDocument(Document document) {
            return false;
        }

        @Override
        public Meta getMeta(ID id) {
            return entityOf(id).meta;
        }

        @Override
        public List<Document> getDocuments(ID id) {
            return entityOf(id).documents;
        }

        @Override
        public List<ID> getContacts(ID id) {
            return Collections.emptyList();
        }

        @Override
        public List<DecryptKey> getPrivateKeysForDecryption(ID id) {
            Entity entity = entityOf(id);
            List<DecryptKey> keys = new ArrayList<>(entity.visaKeys);
            if (entity.identityKey instanceof DecryptKey) {
                keys.add((DecryptKey) entity.identityKey);
            }
            return keys;
        }

        @Override
        public SignKey getPrivateKeyForSignature(ID id) {
            return entityOf(id).identityKey;
        }

        @Override
        public SignKey getPrivateKeyForVisaSignature(ID id) {
            return entityOf(id).identityKey;
        }

        @Override
        public ID getFounder(ID id) {
            return null;
        }

        @Override
        public ID getOwner(ID id) {
            return null;
        }

        @Override
        public List<ID> getMembers(ID id) {
            return entityOf(id).members;
        }

        @Override
        public List<ID> getAssistants(ID id) {
            return Collections.emptyList();
        }

        @Override
        public User createUser(ID id) {
            return userOf(id);
        }

        @Override
        public Group createGroup(ID id) {
            BaseGroup group = new BaseGroup(id);
            group.setDataSource(this);
            return group;
        }

        @Override
        public List<User> getLocalUsers() {
            return current == null ? Collections.emptyList() : Collections.singletonList(userOf(current));
        }

        @Override
        public VerifyKey getMetaKey(ID id) {
            Meta meta = entityOf(id).meta;
            return meta == null ? null : meta.getPublicKey();
        }

        @Override
        public EncryptKey getVisaKey(ID id) {
            for (Document document : entityOf(id).documents) {
                if (document instanceof Visa) {
                    return ((Visa) document).getPublicKey();
                }
            }
            return null;
        }
    }

    private final class Keys implements CipherKeyDelegate {
        @Override
        public SymmetricKey getCipherKey(ID sender, ID receiver, boolean generate) {
            if (receiver.isBroadcast()) {
                return SymmetricKey.generate("PLAIN");
            }
            SymmetricKey known = messageKeys.get(sender + " " + receiver);
            if (generate && (known == null || !reuseKey)) {
                known = SymmetricKey.generate(SymmetricKey.AES);
                messageKeys.put(sender + " " + receiver, known);
                isNewKey = true;
            }
            return known;
        }

        @Override
        public void cacheCipherKey(ID sender, ID receiver, SymmetricKey key) {
            messageKeys.put(sender + " " + receiver, key);
        }
    }

    final class Post extends Messenger {
        private final Keys keys = new Keys();
        private final Packer packer = new MessagePacker(people, this) {
            @Override
            protected boolean checkAttachments(ReliableMessage message) {
                return true;
            }
        };

        @Override
        protected Delegate getEntityDelegate() {
            return people;
        }

        @Override
        protected CipherKeyDelegate getCipherKeyDelegate() {
            return keys;
        }

        @Override
        protected Packer getPacker() {
            return packer;
        }

        @Override
        protected Processor getProcessor() {
            return null;
        }

        @Override
        public byte[] serializeKey(SymmetricKey key, InstantMessage message) {
            // An application that reuses a key leaves it out.
            return reuseKey && !isNewKey ? null : super.serializeKey(key, message);
        }

        @Override
        public byte[] serializeContent(Content content, SymmetricKey key, InstantMessage message) {
            byte[] data = super.serializeContent(content, key, message);
            plaintext = new String(data, StandardCharsets.UTF_8);
            return data;
        }

        @Override
        public Content deserializeContent(byte[] data, SymmetricKey key, SecureMessage message) {
            plaintext = new String(data, StandardCharsets.UTF_8);
            return super.deserializeContent(data, key, message);
        }
    }
}
