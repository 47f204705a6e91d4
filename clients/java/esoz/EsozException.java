package esoz;

/** The sandbox has refused a call: what is wrong, and what to do. */
public final class EsozException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    EsozException(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    /** Such as {@code SCENARIO_UNKNOWN}. */
    public String code() {
        return code;
    }
}
