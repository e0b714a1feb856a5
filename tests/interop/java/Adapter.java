import chat.dim.crypto.DecryptKey;
import chat.dim.crypto.EncryptKey;
import chat.dim.crypto.PrivateKey;
import chat.dim.crypto.PublicKey;
import chat.dim.crypto.SignKey;
import chat.dim.crypto.SymmetricKey;
import chat.dim.crypto.VerifyKey;
import chat.dim.format.JSONMap;
import chat.dim.format.TransportableData;
import chat.dim.mkm.BTCMeta;
import chat.dim.mkm.DefaultMeta;
import chat.dim.mkm.ETHMeta;
import chat.dim.plugins.CryptoPluginLoader;
import chat.dim.plugins.ExtensionLoader;
import chat.dim.plugins.PluginLoader;
import chat.dim.protocol.Bulletin;
import chat.dim.protocol.Content;
import chat.dim.protocol.Document;
import chat.dim.protocol.Envelope;
import chat.dim.protocol.ID;
import chat.dim.protocol.InstantMessage;
import chat.dim.protocol.Meta;
import chat.dim.protocol.ReliableMessage;
import chat.dim.protocol.SecureMessage;
import chat.dim.protocol.TextContent;
import chat.dim.protocol.Visa;
import chat.dim.type.Mapper;
import com.alibaba.fastjson.JSON;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java implementation as a peer: JSON lines in, JSON lines out. The protocol is in ../README.md. */
final class Adapter {
    /** The codes of today for the words that this generation writes. */
    private static final Map<String, String> META_TYPES = new TreeMap<>();

    private final Memory memory = new Memory();
    private final Map<String, Function<Request, Map<String, Object>>> operations = new TreeMap<>();

    private Adapter() {
        operations.put("hello", this::hello);
        operations.put("new-user", this::newUser);
        operations.put("new-group", this::newGroup);
        operations.put("learn", this::learn);
        operations.put("read-id", this::readId);
        operations.put("read-meta", this::readMeta);
        operations.put("read-document", this::readDocument);
        operations.put("new-key", this::newKey);
        operations.put("sign", this::sign);
        operations.put("verify", this::verify);
        operations.put("encrypt", this::encrypt);
        operations.put("decrypt", this::decrypt);
        operations.put("encrypt-file", this::encryptFile);
        operations.put("decrypt-file", this::decryptFile);
        operations.put("pack", this::pack);
        operations.put("unpack", this::unpack);
    }

    private Map<String, Object> hello(Request request) {
        Map<String, Object> versions = new TreeMap<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Matcher jar = Pattern.compile("(DIMP|SDK|\\w*Plugins|DaoKeDao|MingKeMing)-([\\d.]+)\\.jar").matcher(path);
            if (jar.find()) {
                versions.put(jar.group(1), jar.group(2));
            }
        }
        return map("name", "chat.dim", "versions", versions, "operations", operations.keySet(),
            "kinds", Arrays.asList("text", "map"), "shapes", Collections.singletonList("deployed"),
            "reads", Collections.singletonList("deployed"), "shortNames", false);
    }

    // Identity

    private Map<String, Object> newUser(Request request) {
        PrivateKey identityKey = PrivateKey.generate(request.text("algorithm"));
        Meta meta = newMeta(request.text("metaType"), identityKey, request.has("seed") ? request.text("seed") : null);
        ID id = idOf(meta, request.integer("network"));
        Entity entity = memory.entityOf(id);
        entity.meta = meta;
        entity.identityKey = identityKey;
        List<Object> keys = new ArrayList<>();
        keys.add(map("key", write(identityKey)));
        for (String terminal : request.texts("terminals")) {
            PrivateKey key = PrivateKey.generate(PrivateKey.RSA);
            ID owner = terminal.isEmpty() ? id : ID.create(id.getName(), id.getAddress(), terminal);
            Document visa = newDocument(Document.VISA, owner, request);
            visa.setProperty("key", key.getPublicKey().toMap());
            visa.sign(identityKey);
            entity.documents.add(visa);
            entity.visaKeys.add((DecryptKey) key);
            keys.add(map("terminal", terminal, "key", write(key)));
        }
        Map<String, Object> answer = identity(id);
        answer.put("privateKeys", keys);
        return answer;
    }

    private Map<String, Object> newGroup(Request request) {
        Entity founder = memory.entityOf(idIn(request, "founder"));
        Meta meta = newMeta("MKM", founder.identityKey, request.text("seed"));
        ID id = idOf(meta, request.integer("network"));
        Entity entity = memory.entityOf(id);
        entity.meta = meta;
        Document bulletin = newDocument(Document.BULLETIN, id, request);
        bulletin.setProperty("founder", request.text("founder"));
        bulletin.sign(founder.identityKey);
        entity.documents.add(bulletin);
        entity.members = ID.convert(request.texts("members"));
        Map<String, Object> answer = identity(id);
        answer.put("members", request.texts("members"));
        return answer;
    }

    private Map<String, Object> learn(Request request) {
        ID id = idIn(request, "id");
        Meta meta = acceptedMeta(request.protocolMap("meta"), id);
        List<Document> documents = new ArrayList<>();
        for (String text : request.texts("documents")) {
            documents.add(acceptedDocument(JSONMap.decode(text), meta));
        }
        Entity entity = memory.entityOf(id);
        entity.meta = meta;
        entity.documents = documents;
        entity.members = ID.convert(request.texts("members"));
        List<Request> keys = request.parts("privateKeys");
        for (int index = 0; index < keys.size(); index++) {
            PrivateKey key = PrivateKey.parse(keys.get(index).protocolMap("key"));
            if (index == 0) {
                entity.identityKey = key;
            } else {
                entity.visaKeys.add((DecryptKey) key);
            }
        }
        return map();
    }

    private Map<String, Object> readId(Request request) {
        ID id = idIn(request, "text");
        return map("text", id.toString(), "name", orEmpty(id.getName()), "address", id.getAddress().toString(),
            "terminal", orEmpty(id.getTerminal()), "type", id.getType(), "isGroup", id.isGroup(),
            "isBroadcast", id.isBroadcast());
    }

    private Map<String, Object> readMeta(Request request) {
        Meta meta = Meta.parse(request.protocolMap("meta"));
        if (meta == null || !meta.isValid()) {
            throw new Refused("the meta is not valid");
        }
        if (request.has("id")) {
            checkMatch(meta, idIn(request, "id"));
        }
        List<String> ids = new ArrayList<>();
        for (String network : request.texts("networks")) {
            ids.add(idOf(meta, Integer.parseInt(network)).toString());
        }
        return map("type", META_TYPES.getOrDefault(meta.getType(), meta.getType()), "seed", orEmpty(meta.getSeed()), "ids", ids);
    }

    private Map<String, Object> readDocument(Request request) {
        Meta meta = Meta.parse(request.protocolMap("meta"));
        Document document = acceptedDocument(request.protocolMap("document"), meta);
        Map<String, Object> answer = map("map", write(document), "properties", JSONMap.encode(document.getProperties()),
            "name", orEmpty(document.getName()));
        if (document instanceof Visa) {
            Visa visa = (Visa) document;
            if (visa.getPublicKey() != null) {
                answer.put("key", write(visa.getPublicKey()));
            }
            if (visa.getAvatar() != null) {
                answer.put("avatar", visa.getAvatar().toObject());
            }
        } else if (document instanceof Bulletin && ((Bulletin) document).getFounder() != null) {
            answer.put("founder", ((Bulletin) document).getFounder().toString());
        }
        return answer;
    }

    // Keys

    private Map<String, Object> newKey(Request request) {
        String algorithm = request.text("algorithm");
        if (isSymmetric(algorithm)) {
            return map("key", write(SymmetricKey.generate(algorithm)));
        }
        PrivateKey key = PrivateKey.generate(algorithm);
        return map("key", write(key), "publicKey", write(key.getPublicKey()));
    }

    private Map<String, Object> sign(Request request) {
        PrivateKey key = PrivateKey.parse(request.protocolMap("key"));
        return map("signature", encode(key.sign(request.bytes("data"))));
    }

    private Map<String, Object> verify(Request request) {
        PublicKey key = PublicKey.parse(request.protocolMap("publicKey"));
        if (!key.verify(request.bytes("data"), request.bytes("signature"))) {
            throw new Refused("the signature does not verify");
        }
        return map();
    }

    private Map<String, Object> encrypt(Request request) {
        Map<String, Object> extra = new HashMap<>();
        EncryptKey key = request.has("publicKey")
            ? (EncryptKey) PublicKey.parse(request.protocolMap("publicKey"))
            : SymmetricKey.parse(request.protocolMap("key"));
        byte[] data = key.encrypt(request.bytes("data"), extra);
        return map("data", encode(data), "extra", JSONMap.encode(extra));
    }

    private Map<String, Object> decrypt(Request request) {
        Map<String, Object> key = request.protocolMap("key");
        boolean isSymmetric = isSymmetric((String) key.get("algorithm"));
        DecryptKey decryptKey = isSymmetric ? SymmetricKey.parse(key) : (DecryptKey) PrivateKey.parse(key);
        Map<String, Object> extra = isSymmetric ? request.protocolMap("extra") : new HashMap<>();
        byte[] data = decryptKey.decrypt(request.bytes("data"), extra);
        if (data == null) {
            throw new Refused("it does not decrypt");
        }
        return map("data", encode(data));
    }

    /** The key's map carries the IV: the content has no other place for it. */
    private Map<String, Object> encryptFile(Request request) {
        SymmetricKey key = SymmetricKey.generate(SymmetricKey.AES);
        Map<String, Object> extra = new HashMap<>();
        byte[] data = key.encrypt(request.bytes("data"), extra);
        Map<String, Object> fields = key.copyMap(false);
        if (extra.containsKey("IV")) {
            fields.put("iv", extra.get("IV"));
        }
        return map("data", encode(data), "key", JSONMap.encode(fields));
    }

    private Map<String, Object> decryptFile(Request request) {
        SymmetricKey key = SymmetricKey.parse(request.protocolMap("key"));
        return map("data", encode(key.decrypt(request.bytes("data"), new HashMap<>())));
    }

    // Messages

    private Map<String, Object> pack(Request request) {
        Memory.Post post = memory.post;
        Content content = newContent(request.text("kind"), request.part("values"));
        Envelope envelope = Envelope.create(idIn(request, "sender"), idIn(request, "receiver"), new Date());
        InstantMessage instant = InstantMessage.create(envelope, content);
        if (request.has("exposedGroup")) {
            instant.put("group", request.text("exposedGroup"));
        }
        memory.startPacking(request.flag("reuseKey"));
        SecureMessage secure = post.encryptMessage(instant);
        if (secure == null) {
            throw new Refused("the message cannot be encrypted");
        }
        ReliableMessage signed = post.signMessage(secure);
        if (request.flag("introduce")) {
            Entity sender = memory.entityOf(idIn(request, "sender"));
            signed.put("meta", sender.meta.toMap());
            signed.put("visa", sender.documents.get(0).toMap());
        }
        String text = new String(post.serializeMessage(signed), StandardCharsets.UTF_8);
        return map("package", text, "content", memory.plaintext);
    }

    private Map<String, Object> unpack(Request request) {
        Memory.Post post = memory.post;
        memory.current = idIn(request, "receiver");
        ReliableMessage signed = post.deserializeMessage(request.text("package").getBytes(StandardCharsets.UTF_8));
        if (signed == null) {
            throw new Refused("it is no message");
        }
        getAcquainted(signed);
        SecureMessage secure = post.verifyMessage(signed);
        if (secure == null) {
            throw new Refused("the signature does not verify");
        }
        InstantMessage instant = post.decryptMessage(secure);
        if (instant == null) {
            throw new Refused("the message does not decrypt");
        }
        Content content = instant.getContent();
        Map<String, Object> answer = map("sender", instant.getSender().toString(), "content", memory.plaintext,
            "values", read(request.text("kind"), content));
        if (content.getGroup() != null) {
            answer.put("group", content.getGroup().toString());
        }
        return answer;
    }

    private Content newContent(String kind, Request values) {
        if (kind.equals("map")) {
            return Content.parse(values.protocolMap("map"));
        }
        Content content = TextContent.create(values.text("text"));
        if (values.has("sn")) {
            content.put("sn", new java.math.BigInteger(values.text("sn")));
        }
        if (values.has("time")) {
            content.put("time", values.number("time"));
        }
        if (values.has("group")) {
            content.setGroup(idIn(values, "group"));
        }
        if (values.has("more")) {
            content.putAll(values.protocolMap("more"));
        }
        return content;
    }

    private Map<String, Object> read(String kind, Content content) {
        if (kind.equals("map")) {
            return map();
        }
        Map<String, Object> values = map("text", ((TextContent) content).getText(),
            "sn", Long.toUnsignedString(content.getSerialNumber()));
        if (content.getGroup() != null) {
            values.put("group", content.getGroup().toString());
        }
        return values;
    }

    // Parts

    private static ID idIn(Request request, String name) {
        ID id = ID.parse(request.text(name));
        if (id == null) {
            throw new Refused("no ID: " + request.text(name));
        }
        return id;
    }

    private static ID idOf(Meta meta, int network) {
        return ID.generate(meta, network, null);
    }

    private static Meta newMeta(String type, PrivateKey key, String seed) {
        String version = type.equals("MKM") ? Meta.MKM : type.equals("BTC") ? Meta.BTC : Meta.ETH;
        return Meta.generate(version, key, seed);
    }

    private static Document newDocument(String type, ID id, Request request) {
        Document document = Document.create(type, id);
        document.setName(request.text("name"));
        if (request.has("properties")) {
            request.protocolMap("properties").forEach(document::setProperty);
        }
        return document;
    }

    private Map<String, Object> identity(ID id) {
        Entity entity = memory.entityOf(id);
        List<String> documents = new ArrayList<>();
        entity.documents.forEach(document -> documents.add(write(document)));
        return map("id", id.toString(), "meta", write(entity.meta), "documents", documents);
    }

    private static Meta acceptedMeta(Map<String, Object> fields, ID id) {
        Meta meta = Meta.parse(fields);
        if (meta == null || !meta.isValid()) {
            throw new Refused("the meta is not valid");
        }
        checkMatch(meta, id);
        return meta;
    }

    private static void checkMatch(Meta meta, ID id) {
        String own = idOf(meta, id.getAddress().getNetwork()).toString();
        if (!own.equals(id.toString().split("/")[0])) {
            throw new Refused("the meta is not that of the ID");
        }
    }

    private static Document acceptedDocument(Map<String, Object> fields, Meta meta) {
        Document document = Document.parse(fields);
        if (document == null || !document.verify(meta.getPublicKey())) {
            throw new Refused("the document is not signed by its owner");
        }
        return document;
    }

    /** What the packages leave to the application: keep what a stranger attached, if it is sound. */
    @SuppressWarnings("unchecked")
    private void getAcquainted(ReliableMessage signed) {
        Entity entity = memory.entityOf(signed.getSender());
        Object meta = signed.get("meta");
        if (entity.meta == null && meta != null) {
            Meta accepted = acceptedMeta((Map<String, Object>) meta, signed.getSender());
            Object visa = signed.get("visa");
            if (visa != null) {
                entity.documents.add(acceptedDocument((Map<String, Object>) visa, accepted));
            }
            entity.meta = accepted;
        }
        if (entity.meta == null) {
            throw new Refused("the sender is not known");
        }
    }

    private static boolean isSymmetric(String algorithm) {
        return algorithm.equals("AES") || algorithm.equals("PLAIN");
    }

    private static String write(Mapper mapper) {
        return JSONMap.encode(mapper.toMap());
    }

    private static String encode(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            map.put((String) namesAndValues[index], namesAndValues[index + 1]);
        }
        return map;
    }

    private Map<String, Object> answerTo(Request request) {
        Function<Request, Map<String, Object>> operation = operations.get(request.text("op"));
        Map<String, Object> answer = map("n", request.number("n"));
        try {
            if (operation == null) {
                throw new Unsupported("no operation " + request.text("op"));
            }
            answer.putAll(operation.apply(request));
            answer.put("ok", true);
        } catch (Unsupported error) {
            answer.putAll(map("ok", false, "unsupported", true, "reason", error.getMessage()));
        } catch (RuntimeException | AssertionError | StackOverflowError error) {
            // Each of its errors is this implementation's no.
            answer.putAll(map("ok", false, "reason", error.toString()));
        }
        return answer;
    }

    private static void defineMeta(String word, String code, Function<Map<String, Object>, Meta> read) {
        META_TYPES.put(word, code);
        Meta.Factory known = Meta.getFactory(word);
        Meta.setFactory(code, new Meta.Factory() {
            @Override
            public Meta createMeta(VerifyKey key, String seed, TransportableData fingerprint) {
                return known.createMeta(key, seed, fingerprint);
            }

            @Override
            public Meta generateMeta(SignKey key, String seed) {
                return known.generateMeta(key, seed);
            }

            @Override
            public Meta parseMeta(Map<String, Object> fields) {
                return read.apply(fields);
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        // Libraries print what they like; the answers go where nothing else is written.
        PrintStream answers = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err);
        new ExtensionLoader().run();
        new PluginLoader().run();
        new CryptoPluginLoader().run();
        // The application's part: this generation's own packages know the words only.
        defineMeta(Meta.MKM, "1", DefaultMeta::new);
        defineMeta(Meta.BTC, "2", BTCMeta::new);
        defineMeta(Meta.ETH, "4", ETHMeta::new);
        Adapter adapter = new Adapter();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(JSON.toJSONString(adapter.answerTo(Request.parse(line))));
        }
    }
}
