package esoz;

/** A rule of the auditor. Written by scripts/catalogue.mjs: what comes with the sandbox, of all its APIs. */
public enum Rule {
    /** No poll comes before the newest eta */
    ETA_RESPECTED("eta-respected"),
    /** When an answer moves the eta, the client goes by the new one */
    NEWEST_ETA_USED("newest-eta-used"),
    /** Between two polls of a job there is a least time, whatever eta says */
    SPACING("spacing"),
    /** No poll of a job is sent while another one is on its way */
    SINGLE_FLIGHT("single-flight"),
    /** After an answer with Retry-After nobody asks again before that time */
    RETRY_AFTER_HONOURED("retry-after-honoured"),
    /** Over failures in a row the pauses grow */
    BACKS_OFF("backs-off"),
    /** One 5xx, broken answer, reset or time-out does not end the polling */
    SURVIVES_A_BLIP("survives-a-blip"),
    /** A status that the client does not know is taken as still running */
    TOLERATES_UNKNOWN_STATUS("tolerates-unknown-status"),
    /** A job that runs is polled until it is done or failed */
    REACHES_THE_END("reaches-the-end"),
    /** A job that is done or failed is not polled again */
    STOPS_WHEN_FINAL("stops-when-final"),
    /** A job that stays unknown (404) is given up after a few tries */
    STOPS_ON_404("stops-on-404"),
    /** After 401 or 403 nobody asks again with the same credentials */
    STOPS_ON_REFUSAL("stops-on-refusal"),
    /** A job that never ends is given up some day */
    GIVES_UP("gives-up"),
    /** A request that gets no answer is given up after a while */
    BOUNDED_WAIT("bounded-wait"),
    /** When the job is done its result is read, by the right path */
    READS_THE_RESULT("reads-the-result"),
    /** When the job has failed no result is read */
    NO_RESULT_ON_FAILURE("no-result-on-failure"),
    /** The same request is not sent again while its job is open */
    NO_DUPLICATE_SUBMISSION("no-duplicate-submission"),
    /** Only ids that an answer has handed out are polled */
    ONLY_KNOWN_JOBS("only-known-jobs"),
    /** Every request carries its credentials in headers, and none in the URL */
    CREDENTIALS_IN_HEADERS("credentials-in-headers"),
    /** Many jobs are not polled all in the same instant */
    NO_HERD("no-herd"),
    /** What the scenario expects of a good client holds */
    EXPECTATIONS("expectations"),
    /** The receiver of a webhook answers 2xx within 5 s */
    WEBHOOK_ANSWERED("webhook-answered"),
    /** A webhook with a wrong signature is refused (4xx) */
    WEBHOOK_VERIFIED("webhook-verified"),
    /** A webhook that comes again is taken again, and makes nothing twice */
    WEBHOOK_IDEMPOTENT("webhook-idempotent"),
    /** When no webhook comes the client asks for its job */
    FALLS_BACK_TO_POLLING("falls-back-to-polling"),
    /** A token that is refused is refreshed once; one that was just refreshed and is refused as well is not */
    REFRESHES_ONCE("refreshes-once"),
    /** However many requests are refused when a token runs out, it is refreshed once */
    SINGLE_REFRESH("single-refresh"),
    /** A refresh token that was refused is not sent again: the client signs in anew, or stops */
    STOPS_AT_REFUSED_REFRESH("stops-at-refused-refresh"),
    /** A 403 is not answered with a refreshed token */
    NO_REFRESH_ON_403("no-refresh-on-403"),
    /** Once a job was asked for with a refreshed token, the old one is not used for it again */
    KEEPS_THE_NEW_TOKEN("keeps-the-new-token");

    private final String name;

    Rule(String name) {
        this.name = name;
    }

    /** As the sandbox calls it. */
    @Override
    public String toString() {
        return name;
    }
}
