package esoz;

/** A scenario. Written by scripts/catalogue.mjs: what comes with the sandbox, of all its APIs. */
public enum Scenario {
    /** 404, then 429, then it is there */
    APPEARS_AFTER_429("appears-after-429"),
    /** 404 for 5 seconds, then it is there */
    APPEARS_AFTER_5S("appears-after-5s"),
    /** 404 for a minute, then it is there */
    APPEARS_AFTER_A_MINUTE("appears-after-a-minute"),
    /** 404, then 503 twice, then it is there */
    APPEARS_AFTER_OUTAGE("appears-after-outage"),
    /** 404, then no answer, then it is there */
    APPEARS_AFTER_SILENCE("appears-after-silence"),
    /** What was signed is there at once */
    APPEARS_AT_ONCE("appears-at-once"),
    /** 404 until you release it, then it is there */
    APPEARS_WHEN_RELEASED("appears-when-released"),
    /** 502 with an HTML page, then DONE */
    BAD_GATEWAY_HTML("bad-gateway-html"),
    /** A packed body that cannot be unpacked, then DONE */
    BROKEN_GZIP("broken-gzip"),
    /** JSON behind a byte order mark, then DONE */
    BYTE_ORDER_MARK("byte-order-mark"),
    /** A chunked body without its end, then DONE */
    CHUNKED_CUT_OFF("chunked-cut-off"),
    /** The server’s Date is an hour ahead, then DONE */
    CLOCK_AHEAD("clock-ahead"),
    /** The server’s Date is an hour behind, then DONE */
    CLOCK_BEHIND("clock-behind"),
    /** A status that is a number, then DONE */
    CONTRACT_BROKEN("contract-broken"),
    /** 201 with the payload, done at once */
    CREATED_AT_ONCE("created-at-once"),
    /** 200 with half of a JSON body, then DONE */
    CUT_OFF_JSON("cut-off-json"),
    /** A declaration appears after 5 seconds, and the former one ends */
    DECLARATION_REPLACES_FORMER("declaration-replaces-former"),
    /** 422, the doctor can have no more declarations */
    DOCTOR_HAS_ENOUGH("doctor-has-enough"),
    /** 409, the papers have not been uploaded */
    DOCUMENTS_NOT_UPLOADED("documents-not-uploaded"),
    /** PENDING for 2.3 seconds, then DONE */
    DONE_AFTER_ETA("done-after-eta"),
    /** Five PENDING answers, then DONE */
    DONE_AFTER_FIVE_POLLS("done-after-five-polls"),
    /** Two PENDING answers, then DONE */
    DONE_AFTER_TWO_POLLS("done-after-two-polls"),
    /** The job comes bare, without data around it */
    DONE_BARE_ENVELOPE("done-bare-envelope"),
    /** The job comes in data, without meta */
    DONE_DATA_ENVELOPE("done-data-envelope"),
    /** DONE, linked by a full path with the patient */
    DONE_FULL_PATH_HREF("done-full-path-href"),
    /** DONE, the link leads nowhere */
    DONE_NO_HREF("done-no-href"),
    /** DONE, without any link */
    DONE_NO_LINKS("done-no-links"),
    /** DONE, linked as composition/{id} */
    DONE_RELATIVE_HREF("done-relative-href"),
    /** DONE, linked as /composition/{id} */
    DONE_ROOTED_HREF("done-rooted-href"),
    /** A status that stands twice, then DONE */
    DUPLICATE_KEYS("duplicate-keys"),
    /** NEW for a minute, then APPROVED */
    EMPLOYEE_APPROVED_AFTER_A_MINUTE("employee-approved-after-a-minute"),
    /** NEW for 5 seconds, then REJECTED */
    EMPLOYEE_REJECTED("employee-rejected"),
    /** NEW for 10 minutes, then EXPIRED */
    EMPLOYEE_REQUEST_EXPIRED("employee-request-expired"),
    /** 200 without a body, then DONE */
    EMPTY_ANSWER("empty-answer"),
    /** The connection is closed without an answer, then DONE */
    EMPTY_REPLY("empty-reply"),
    /** The eta is 5 seconds ago, yet the job is PENDING */
    ETA_ALREADY_PAST("eta-already-past"),
    /** An eta in seconds since 1970, then DONE */
    ETA_AS_NUMBER("eta-as-number"),
    /** First an eta in 21.4 seconds, then in 2.3, then DONE */
    ETA_COMES_CLOSER("eta-comes-closer"),
    /** An eta by the clock of Kyiv, then DONE */
    ETA_IN_LOCAL_TIME("eta-in-local-time"),
    /** An eta in 2.3 seconds, there one in 12.7 more, then DONE */
    ETA_IN_TWO_STAGES("eta-in-two-stages"),
    /** No eta, then DONE */
    ETA_MISSING("eta-missing"),
    /** Each poll moves the eta, never by the same, then DONE */
    ETA_MOVES("eta-moves"),
    /** An eta that is null, then DONE */
    ETA_NULL("eta-null"),
    /** An eta without a time zone, then DONE */
    ETA_WITHOUT_ZONE("eta-without-zone"),
    /** DONE is told once, then 404 */
    EXPIRED_AFTER_DONE("expired-after-done"),
    /** FAILED with 1000, the composition is not found */
    FAILED_1000("failed-1000"),
    /** FAILED with 1001, a refinement needs a person */
    FAILED_1001("failed-1001"),
    /** FAILED with 1002, the subject has a conclusion already */
    FAILED_1002("failed-1002"),
    /** FAILED with 1003, only FINAL can be cancelled */
    FAILED_1003("failed-1003"),
    /** FAILED with 1004, the cancellation reason does not suit */
    FAILED_1004("failed-1004"),
    /** FAILED with 1005, the time for cancelling is over */
    FAILED_1005("failed-1005"),
    /** FAILED with 1006, integration tasks are running */
    FAILED_1006("failed-1006"),
    /** FAILED with 1136, the replaced conclusion is not AMENDED */
    FAILED_1136("failed-1136"),
    /** FAILED with 1137, the replaced conclusion is not found */
    FAILED_1137("failed-1137"),
    /** FAILED with 1143, an existing conclusion starts later */
    FAILED_1143("failed-1143"),
    /** FAILED with 1146, a replacement is of the same type */
    FAILED_1146("failed-1146"),
    /** FAILED with 1154, the subject of a birth is the newborn */
    FAILED_1154("failed-1154"),
    /** FAILED with 1167, the position of the author */
    FAILED_1167("failed-1167"),
    /** FAILED with 1171, no such authentication method */
    FAILED_1171("failed-1171"),
    /** FAILED with 1172, the treatment violation date */
    FAILED_1172("failed-1172"),
    /** FAILED with 1181, the replacement flow is closed */
    FAILED_1181("failed-1181"),
    /** FAILED with 1184, what it continues has been cancelled */
    FAILED_1184("failed-1184"),
    /** Two pending answers, a 503, then failed */
    FAILED_AFTER_OUTAGE("failed-after-outage"),
    /** Two PENDING answers, a 503, then FAILED */
    FAILED_AFTER_TWO_POLLS("failed-after-two-polls"),
    /** failed with 422, the id is taken */
    FAILED_ALREADY_EXISTS("failed-already-exists"),
    /** failed, status_code is a text */
    FAILED_CODE_AS_TEXT("failed-code-as-text"),
    /** failed with 409, without a list */
    FAILED_CONFLICT("failed-conflict"),
    /** FAILED, the reason in a list */
    FAILED_ERROR_LIST("failed-error-list"),
    /** FAILED, the reason in an object */
    FAILED_ERROR_OBJECT("failed-error-object"),
    /** FAILED, the reason in rules */
    FAILED_ERROR_RULES("failed-error-rules"),
    /** failed with 403, the error is a bare text */
    FAILED_FORBIDDEN("failed-forbidden"),
    /** FAILED at the first poll */
    FAILED_IMMEDIATELY("failed-immediately"),
    /** FAILED, the reason in the link */
    FAILED_LINK_ERROR("failed-link-error"),
    /** FAILED, the reason an object in the link */
    FAILED_LINK_ERROR_OBJECT("failed-link-error-object"),
    /** failed with 404, the error has a message alone */
    FAILED_MESSAGE_ONLY("failed-message-only"),
    /** FAILED, the new start is before the previous one */
    FAILED_NEW_START_DATE("failed-new-start-date"),
    /** failed with 404, the encounter is not found */
    FAILED_NOT_FOUND("failed-not-found"),
    /** FAILED, the reason in the service's answer */
    FAILED_RESPONSE_DATA("failed-response-data"),
    /** FAILED, the code a number beside the message */
    FAILED_RESPONSE_DATA_CODE("failed-response-data-code"),
    /** FAILED with a code that nobody has seen before */
    FAILED_UNKNOWN_CODE("failed-unknown-code"),
    /** failed with 422, the date of the encounter */
    FAILED_VALIDATION("failed-validation"),
    /** failed with 422, the visit is not found */
    FAILED_VISIT_NOT_FOUND("failed-visit-not-found"),
    /** FAILED, the reason is an empty text */
    FAILED_WITH_EMPTY_TEXT("failed-with-empty-text"),
    /** failed_with_error, an end by another name */
    FAILED_WITH_ERROR("failed-with-error"),
    /** failed with 404, the error is a text */
    FAILED_WITH_TEXT("failed-with-text"),
    /** failed with 500, without a list of what is invalid */
    FAILED_WITHOUT_LIST("failed-without-list"),
    /** FAILED, without a business error */
    FAILED_WITHOUT_TEXT("failed-without-text"),
    /** 403 at each poll */
    FORBIDDEN("forbidden"),
    /** 504 with an HTML page, then DONE */
    GATEWAY_TIMEOUT("gateway-timeout"),
    /** PENDING until you release it, then DONE */
    HELD_UNTIL_RELEASED("held-until-released"),
    /** 200 with an HTML page, then DONE */
    HTML_WITH_200("html-with-200"),
    /** 10 megabytes around one answer, then DONE */
    HUGE_BODY("huge-body"),
    /** DONE at the first poll */
    IMMEDIATE_DONE("immediate-done"),
    /** 103 before the answer, then DONE */
    INTERIM_ANSWER("interim-answer"),
    /** 500 at once, there is no job */
    INTERNAL_ERROR_ON_SUBMIT("internal-error-on-submit"),
    /** The link of the job begins with /Jobs/ */
    JOB_LINK_CAPITAL("job-link-capital"),
    /** A job without a status, then DONE */
    JOB_WITHOUT_STATUS("job-without-status"),
    /** Two PENDING answers, then 404 for ever */
    LOST_AFTER_PENDING("lost-after-pending"),
    /** pending in small letters, then DONE */
    LOWER_CASE_STATUS("lower-case-status"),
    /** 400, the id of the job is malformed */
    MALFORMED_ID_ANSWER("malformed-id-answer"),
    /** JSON without its last brace, then DONE */
    MALFORMED_JSON("malformed-json"),
    /** An eta 2.3 seconds ahead that is kept */
    NEAR_ETA("near-eta"),
    /** 404 for ever */
    NEVER_APPEARS("never-appears"),
    /** PENDING for ever */
    NEVER_ENDS("never-ends"),
    /** 404 at first, then PENDING, then DONE */
    NOT_YET_VISIBLE("not-yet-visible"),
    /** 422, another content was signed */
    OTHER_CONTENT_422("other-content-422"),
    /** 403, there were too many wrong codes */
    OTP_ATTEMPTS_USED_UP("otp-attempts-used-up"),
    /** 403, the code is too old */
    OTP_EXPIRED("otp-expired"),
    /** 500, the code could not be sent */
    OTP_NOT_SENT("otp-not-sent"),
    /** No answer from the service of codes */
    OTP_SERVICE_SILENT("otp-service-silent"),
    /** 504, the service of codes does not answer */
    OTP_SERVICE_TIMES_OUT("otp-service-times-out"),
    /** 429, a code was sent a moment ago */
    OTP_TOO_OFTEN("otp-too-often"),
    /** 422, the code is wrong */
    OTP_WRONG("otp-wrong"),
    /** 503 five times without Retry-After, then DONE */
    OUTAGE("outage"),
    /** 503 at once, with Retry-After, there is no job */
    OVERLOADED_ON_SUBMIT("overloaded-on-submit"),
    /** DONE, then PENDING once more, then DONE */
    PENDING_AGAIN_AFTER_DONE("pending-again-after-done"),
    /** PENDING with an ETag, 304 to who sends it back, then DONE */
    PENDING_WITH_ETAG("pending-with-etag"),
    /** 422, the person can have no more confidants */
    PERSON_HAS_ENOUGH_CONFIDANTS("person-has-enough-confidants"),
    /** 422, the person is not found */
    PERSON_NOT_FOUND("person-not-found"),
    /** 422, the telephone number is not verified */
    PHONE_NOT_VERIFIED("phone-not-verified"),
    /** 409, the request for a prescription is not NEW */
    PRESCRIPTION_SIGN_409("prescription-sign-409"),
    /** pending for 2.3 seconds, then 303 with its links */
    PROCESSED_AFTER_ETA("processed-after-eta"),
    /** Two pending answers, then processed */
    PROCESSED_AFTER_TWO_POLLS("processed-after-two-polls"),
    /** processed at the first poll */
    PROCESSED_AT_ONCE("processed-at-once"),
    /** processed, response_data is an empty text */
    PROCESSED_EMPTY_PAYLOAD("processed-empty-payload"),
    /** processed, 200 without any link */
    PROCESSED_NO_LINKS("processed-no-links"),
    /** 200 in the place of 303, linked by a path */
    PROCESSED_ROOTED_HREF("processed-rooted-href"),
    /** 303 with a Location, then what it leads to */
    PROCESSED_WITH_LOCATION("processed-with-location"),
    /** processed, 200 with response_data */
    PROCESSED_WITH_PAYLOAD("processed-with-payload"),
    /** 303 to the job itself, then DONE */
    REDIRECTED_303("redirected-303"),
    /** 307 to the job itself, then DONE */
    REDIRECTED_307("redirected-307"),
    /** Nobody listens for 3 seconds, then DONE */
    REFUSED_CONNECTION("refused-connection"),
    /** 409 at once, there is no job */
    REFUSED_ON_SUBMIT_409("refused-on-submit-409"),
    /** 422 at once, there is no job */
    REFUSED_ON_SUBMIT_422("refused-on-submit-422"),
    /** 409, the request has expired */
    REQUEST_EXPIRED("request-expired"),
    /** The connection breaks behind the headers, then DONE */
    RESET_AFTER_HEADERS("reset-after-headers"),
    /** The connection breaks at once, there is no job */
    RESET_ON_SUBMIT("reset-on-submit"),
    /** The connection breaks once, then DONE */
    RESET_ONCE("reset-once"),
    /** Retry-After as a date, once past already, then DONE */
    RETRY_AFTER_AS_DATE("retry-after-as-date"),
    /** Retry-After as a moment since 1970, then DONE */
    RETRY_AFTER_AS_EPOCH("retry-after-as-epoch"),
    /** pending for 20 seconds, the same body gets the same job */
    SAME_BODY_AGAIN("same-body-again"),
    /** The token lacks the scope at each poll */
    SCOPE_MISSING("scope-missing"),
    /** 500 with an HTML page, then DONE */
    SERVER_ERROR_HTML("server-error-html"),
    /** A Content-Length that is too short, then DONE */
    SHORT_CONTENT_LENGTH("short-content-length"),
    /** 500, the signed content could not be stored */
    SIGN_500("sign-500"),
    /** 422, the request is not APPROVED */
    SIGN_INCORRECT_STATUS("sign-incorrect-status"),
    /** The connection breaks when something is signed */
    SIGN_RESET("sign-reset"),
    /** 422, the signature is no good */
    SIGNATURE_422("signature-422"),
    /** Signed, and the register of civil status answers later */
    SIGNED_THEN_DRACS_LATER("signed-then-dracs-later"),
    /** Signed, but ERLN refuses the sick leave */
    SIGNED_THEN_ERLN_ERROR("signed-then-erln-error"),
    /** Signed, and ERLN refuses the sick leave later */
    SIGNED_THEN_ERLN_FAILS_LATER("signed-then-erln-fails-later"),
    /** Signed, and ERLN answers later */
    SIGNED_THEN_ERLN_LATER("signed-then-erln-later"),
    /** Signed, and ERLN has not answered yet */
    SIGNED_THEN_ERLN_PENDING("signed-then-erln-pending"),
    /** The first poll is never answered, then DONE */
    SILENT_SERVER("silent-server"),
    /** PENDING for 10 minutes, then DONE */
    SLOW("slow"),
    /** Two answers take 5 seconds each, then DONE */
    SLOW_ANSWER("slow-answer"),
    /** A body that takes 5 seconds, then DONE */
    SLOW_BODY("slow-body"),
    /** Headers that take 6 seconds, then DONE */
    SLOW_HEADERS("slow-headers"),
    /** 429 twice, then the job goes on */
    THROTTLED_429("throttled-429"),
    /** 429 as the gateway writes it, then DONE */
    THROTTLED_PLAIN("throttled-plain"),
    /** The token runs out in mid-poll, then DONE */
    TOKEN_EXPIRES("token-expires"),
    /** The token runs out, and the next one too, then DONE */
    TOKEN_EXPIRES_TWICE("token-expires-twice"),
    /** The token is revoked, and what could renew it */
    TOKEN_REVOKED("token-revoked"),
    /** The body ends before its Content-Length, then DONE */
    TRUNCATED_BODY("truncated-body"),
    /** 401 at each poll */
    UNAUTHORIZED_FOR_EVER("unauthorized-for-ever"),
    /** PENDING, then a 401, then DONE */
    UNAUTHORIZED_IN_MID_POLL("unauthorized-in-mid-poll"),
    /** A 401 that a new token ends, then DONE */
    UNAUTHORIZED_THEN_RENEWED("unauthorized-then-renewed"),
    /** 503 twice, then the job goes on */
    UNAVAILABLE_503("unavailable-503"),
    /** 404 from the first poll, for ever */
    UNKNOWN_FROM_THE_START("unknown-from-the-start"),
    /** SUSPENDED for two polls, then DONE */
    UNKNOWN_STATUS("unknown-status"),
    /** The firewall answers 406 with an HTML page at each poll */
    WAF_PAGE("waf-page"),
    /** The request is refused by the firewall, with an HTML page */
    WAF_PAGE_ON_SUBMIT("waf-page-on-submit"),
    /** JSON that is said to be HTML, then DONE */
    WRONG_CONTENT_TYPE("wrong-content-type");

    private final String name;

    Scenario(String name) {
        this.name = name;
    }

    /** As the sandbox calls it. */
    @Override
    public String toString() {
        return name;
    }
}
