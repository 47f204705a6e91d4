package esoz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** JSON (RFC 8259) as maps, lists, strings, doubles, booleans and null: the JDK has none, and tests need no library for it. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blank();
        if (json.at < text.length()) throw json.wrong();
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    static String write(Object value) {
        if (value instanceof String) return quoted((String) value);
        if (value instanceof Double && (Double) value == ((Double) value).longValue())
            return String.valueOf(((Double) value).longValue());
        if (value instanceof List) {
            StringJoiner all = new StringJoiner(",", "[", "]");
            list(value).forEach(one -> all.add(write(one)));
            return all.toString();
        }
        if (value instanceof Map) {
            StringJoiner all = new StringJoiner(",", "{", "}");
            object(value).forEach((key, one) -> all.add(quoted(key) + ":" + write(one)));
            return all.toString();
        }
        return String.valueOf(value);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char sign : text.toCharArray()) {
            if (sign == '"' || sign == '\\') quoted.append('\\').append(sign);
            else if (sign < ' ') quoted.append(String.format("\\u%04x", (int) sign));
            else quoted.append(sign);
        }
        return quoted.append('"').toString();
    }

    private Object value() {
        blank();
        switch (at < text.length() ? text.charAt(at) : ' ') {
            case '{': {
                Map<String, Object> object = new LinkedHashMap<>();
                for (at++; !ends('}'); ) {
                    String key = string();
                    expect(':');
                    object.put(key, value());
                }
                return object;
            }
            case '[': {
                List<Object> list = new ArrayList<>();
                for (at++; !ends(']'); ) list.add(value());
                return list;
            }
            case '"':
                return string();
            default:
                return word();
        }
    }

    /** Past a comma, if there is one, or past the end. */
    private boolean ends(char end) {
        blank();
        if (at < text.length() && text.charAt(at) == ',') at++;
        blank();
        if (at >= text.length()) throw wrong();
        if (text.charAt(at) != end) return false;
        at++;
        return true;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char sign = text.charAt(at++);
            if (sign != '\\') {
                string.append(sign);
                continue;
            }
            char escaped = text.charAt(at++);
            int place = "bfnrt".indexOf(escaped);
            if (escaped == 'u') {
                string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else string.append(place < 0 ? escaped : "\b\f\n\r\t".charAt(place));
        }
        expect('"');
        return string.toString();
    }

    private Object word() {
        int from = at;
        while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) at++;
        String word = text.substring(from, at);
        switch (word) {
            case "true":
                return true;
            case "false":
                return false;
            case "null":
                return null;
            default:
                return Double.valueOf(word);
        }
    }

    private void expect(char sign) {
        blank();
        if (at >= text.length() || text.charAt(at) != sign) throw wrong();
        at++;
    }

    private void blank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no JSON at character " + at);
    }
}
