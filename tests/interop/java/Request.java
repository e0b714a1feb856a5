import chat.dim.format.JSONMap;
import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.JSONArray;
import com.alibaba.fastjson.JSONObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Parameters of an operation. */
final class Request {
    private final JSONObject map;

    Request(JSONObject map) {
        this.map = map;
    }

    static Request parse(String line) {
        return new Request(JSON.parseObject(line));
    }

    boolean has(String name) {
        return map.containsKey(name);
    }

    Object number(String name) {
        return map.get(name);
    }

    int integer(String name) {
        return map.getIntValue(name);
    }

    boolean flag(String name) {
        return map.getBooleanValue(name);
    }

    String text(String name) {
        Object value = map.get(name);
        if (value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException(name + " must be text");
    }

    /** A map of the protocol: JSON in a text. */
    Map<String, Object> protocolMap(String name) {
        return JSONMap.decode(text(name));
    }

    byte[] bytes(String name) {
        return Base64.getDecoder().decode(text(name));
    }

    Request part(String name) {
        return new Request(map.getJSONObject(name));
    }

    List<Request> parts(String name) {
        List<Request> parts = new ArrayList<>();
        JSONArray array = map.getJSONArray(name);
        for (int i = 0; array != null && i < array.size(); i++) {
            parts.add(new Request(array.getJSONObject(i)));
        }
        return parts;
    }

    List<String> texts(String name) {
        JSONArray array = map.getJSONArray(name);
        return array == null ? new ArrayList<>() : array.toJavaList(String.class);
    }
}
