// Written by scripts/catalogue.mjs: what comes with the sandbox, of all its APIs.
namespace Esoz
{
    /// <summary>A scenario, as the sandbox calls it.</summary>
    public static class Scenario
    {
        /// <summary>404, then 429, then it is there</summary>
        public const string AppearsAfter429 = "appears-after-429";
        /// <summary>404 for 5 seconds, then it is there</summary>
        public const string AppearsAfter5s = "appears-after-5s";
        /// <summary>404 for a minute, then it is there</summary>
        public const string AppearsAfterAMinute = "appears-after-a-minute";
        /// <summary>404, then 503 twice, then it is there</summary>
        public const string AppearsAfterOutage = "appears-after-outage";
        /// <summary>404, then no answer, then it is there</summary>
        public const string AppearsAfterSilence = "appears-after-silence";
        /// <summary>What was signed is there at once</summary>
        public const string AppearsAtOnce = "appears-at-once";
        /// <summary>404 until you release it, then it is there</summary>
        public const string AppearsWhenReleased = "appears-when-released";
        /// <summary>502 with an HTML page, then DONE</summary>
        public const string BadGatewayHtml = "bad-gateway-html";
        /// <summary>A packed body that cannot be unpacked, then DONE</summary>
        public const string BrokenGzip = "broken-gzip";
        /// <summary>JSON behind a byte order mark, then DONE</summary>
        public const string ByteOrderMark = "byte-order-mark";
        /// <summary>A chunked body without its end, then DONE</summary>
        public const string ChunkedCutOff = "chunked-cut-off";
        /// <summary>The server’s Date is an hour ahead, then DONE</summary>
        public const string ClockAhead = "clock-ahead";
        /// <summary>The server’s Date is an hour behind, then DONE</summary>
        public const string ClockBehind = "clock-behind";
        /// <summary>A status that is a number, then DONE</summary>
        public const string ContractBroken = "contract-broken";
        /// <summary>201 with the payload, done at once</summary>
        public const string CreatedAtOnce = "created-at-once";
        /// <summary>200 with half of a JSON body, then DONE</summary>
        public const string CutOffJson = "cut-off-json";
        /// <summary>A declaration appears after 5 seconds, and the former one ends</summary>
        public const string DeclarationReplacesFormer = "declaration-replaces-former";
        /// <summary>422, the doctor can have no more declarations</summary>
        public const string DoctorHasEnough = "doctor-has-enough";
        /// <summary>409, the papers have not been uploaded</summary>
        public const string DocumentsNotUploaded = "documents-not-uploaded";
        /// <summary>PENDING for 2.3 seconds, then DONE</summary>
        public const string DoneAfterEta = "done-after-eta";
        /// <summary>Five PENDING answers, then DONE</summary>
        public const string DoneAfterFivePolls = "done-after-five-polls";
        /// <summary>Two PENDING answers, then DONE</summary>
        public const string DoneAfterTwoPolls = "done-after-two-polls";
        /// <summary>The job comes bare, without data around it</summary>
        public const string DoneBareEnvelope = "done-bare-envelope";
        /// <summary>The job comes in data, without meta</summary>
        public const string DoneDataEnvelope = "done-data-envelope";
        /// <summary>DONE, linked by a full path with the patient</summary>
        public const string DoneFullPathHref = "done-full-path-href";
        /// <summary>DONE, the link leads nowhere</summary>
        public const string DoneNoHref = "done-no-href";
        /// <summary>DONE, without any link</summary>
        public const string DoneNoLinks = "done-no-links";
        /// <summary>DONE, linked as composition/{id}</summary>
        public const string DoneRelativeHref = "done-relative-href";
        /// <summary>DONE, linked as /composition/{id}</summary>
        public const string DoneRootedHref = "done-rooted-href";
        /// <summary>A status that stands twice, then DONE</summary>
        public const string DuplicateKeys = "duplicate-keys";
        /// <summary>NEW for a minute, then APPROVED</summary>
        public const string EmployeeApprovedAfterAMinute = "employee-approved-after-a-minute";
        /// <summary>NEW for 5 seconds, then REJECTED</summary>
        public const string EmployeeRejected = "employee-rejected";
        /// <summary>NEW for 10 minutes, then EXPIRED</summary>
        public const string EmployeeRequestExpired = "employee-request-expired";
        /// <summary>200 without a body, then DONE</summary>
        public const string EmptyAnswer = "empty-answer";
        /// <summary>The connection is closed without an answer, then DONE</summary>
        public const string EmptyReply = "empty-reply";
        /// <summary>The eta is 5 seconds ago, yet the job is PENDING</summary>
        public const string EtaAlreadyPast = "eta-already-past";
        /// <summary>An eta in seconds since 1970, then DONE</summary>
        public const string EtaAsNumber = "eta-as-number";
        /// <summary>First an eta in 21.4 seconds, then in 2.3, then DONE</summary>
        public const string EtaComesCloser = "eta-comes-closer";
        /// <summary>An eta by the clock of Kyiv, then DONE</summary>
        public const string EtaInLocalTime = "eta-in-local-time";
        /// <summary>An eta in 2.3 seconds, there one in 12.7 more, then DONE</summary>
        public const string EtaInTwoStages = "eta-in-two-stages";
        /// <summary>No eta, then DONE</summary>
        public const string EtaMissing = "eta-missing";
        /// <summary>Each poll moves the eta, never by the same, then DONE</summary>
        public const string EtaMoves = "eta-moves";
        /// <summary>An eta that is null, then DONE</summary>
        public const string EtaNull = "eta-null";
        /// <summary>An eta without a time zone, then DONE</summary>
        public const string EtaWithoutZone = "eta-without-zone";
        /// <summary>DONE is told once, then 404</summary>
        public const string ExpiredAfterDone = "expired-after-done";
        /// <summary>FAILED with 1000, the composition is not found</summary>
        public const string Failed1000 = "failed-1000";
        /// <summary>FAILED with 1001, a refinement needs a person</summary>
        public const string Failed1001 = "failed-1001";
        /// <summary>FAILED with 1002, the subject has a conclusion already</summary>
        public const string Failed1002 = "failed-1002";
        /// <summary>FAILED with 1003, only FINAL can be cancelled</summary>
        public const string Failed1003 = "failed-1003";
        /// <summary>FAILED with 1004, the cancellation reason does not suit</summary>
        public const string Failed1004 = "failed-1004";
        /// <summary>FAILED with 1005, the time for cancelling is over</summary>
        public const string Failed1005 = "failed-1005";
        /// <summary>FAILED with 1006, integration tasks are running</summary>
        public const string Failed1006 = "failed-1006";
        /// <summary>FAILED with 1136, the replaced conclusion is not AMENDED</summary>
        public const string Failed1136 = "failed-1136";
        /// <summary>FAILED with 1137, the replaced conclusion is not found</summary>
        public const string Failed1137 = "failed-1137";
        /// <summary>FAILED with 1143, an existing conclusion starts later</summary>
        public const string Failed1143 = "failed-1143";
        /// <summary>FAILED with 1146, a replacement is of the same type</summary>
        public const string Failed1146 = "failed-1146";
        /// <summary>FAILED with 1154, the subject of a birth is the newborn</summary>
        public const string Failed1154 = "failed-1154";
        /// <summary>FAILED with 1167, the position of the author</summary>
        public const string Failed1167 = "failed-1167";
        /// <summary>FAILED with 1171, no such authentication method</summary>
        public const string Failed1171 = "failed-1171";
        /// <summary>FAILED with 1172, the treatment violation date</summary>
        public const string Failed1172 = "failed-1172";
        /// <summary>FAILED with 1181, the replacement flow is closed</summary>
        public const string Failed1181 = "failed-1181";
        /// <summary>FAILED with 1184, what it continues has been cancelled</summary>
        public const string Failed1184 = "failed-1184";
        /// <summary>Two pending answers, a 503, then failed</summary>
        public const string FailedAfterOutage = "failed-after-outage";
        /// <summary>Two PENDING answers, a 503, then FAILED</summary>
        public const string FailedAfterTwoPolls = "failed-after-two-polls";
        /// <summary>failed with 422, the id is taken</summary>
        public const string FailedAlreadyExists = "failed-already-exists";
        /// <summary>failed, status_code is a text</summary>
        public const string FailedCodeAsText = "failed-code-as-text";
        /// <summary>failed with 409, without a list</summary>
        public const string FailedConflict = "failed-conflict";
        /// <summary>FAILED, the reason in a list</summary>
        public const string FailedErrorList = "failed-error-list";
        /// <summary>FAILED, the reason in an object</summary>
        public const string FailedErrorObject = "failed-error-object";
        /// <summary>FAILED, the reason in rules</summary>
        public const string FailedErrorRules = "failed-error-rules";
        /// <summary>failed with 403, the error is a bare text</summary>
        public const string FailedForbidden = "failed-forbidden";
        /// <summary>FAILED at the first poll</summary>
        public const string FailedImmediately = "failed-immediately";
        /// <summary>FAILED, the reason in the link</summary>
        public const string FailedLinkError = "failed-link-error";
        /// <summary>FAILED, the reason an object in the link</summary>
        public const string FailedLinkErrorObject = "failed-link-error-object";
        /// <summary>failed with 404, the error has a message alone</summary>
        public const string FailedMessageOnly = "failed-message-only";
        /// <summary>FAILED, the new start is before the previous one</summary>
        public const string FailedNewStartDate = "failed-new-start-date";
        /// <summary>failed with 404, the encounter is not found</summary>
        public const string FailedNotFound = "failed-not-found";
        /// <summary>FAILED, the reason in the service's answer</summary>
        public const string FailedResponseData = "failed-response-data";
        /// <summary>FAILED, the code a number beside the message</summary>
        public const string FailedResponseDataCode = "failed-response-data-code";
        /// <summary>FAILED with a code that nobody has seen before</summary>
        public const string FailedUnknownCode = "failed-unknown-code";
        /// <summary>failed with 422, the date of the encounter</summary>
        public const string FailedValidation = "failed-validation";
        /// <summary>failed with 422, the visit is not found</summary>
        public const string FailedVisitNotFound = "failed-visit-not-found";
        /// <summary>FAILED, the reason is an empty text</summary>
        public const string FailedWithEmptyText = "failed-with-empty-text";
        /// <summary>failed_with_error, an end by another name</summary>
        public const string FailedWithError = "failed-with-error";
        /// <summary>failed with 404, the error is a text</summary>
        public const string FailedWithText = "failed-with-text";
        /// <summary>failed with 500, without a list of what is invalid</summary>
        public const string FailedWithoutList = "failed-without-list";
        /// <summary>FAILED, without a business error</summary>
        public const string FailedWithoutText = "failed-without-text";
        /// <summary>403 at each poll</summary>
        public const string Forbidden = "forbidden";
        /// <summary>504 with an HTML page, then DONE</summary>
        public const string GatewayTimeout = "gateway-timeout";
        /// <summary>PENDING until you release it, then DONE</summary>
        public const string HeldUntilReleased = "held-until-released";
        /// <summary>200 with an HTML page, then DONE</summary>
        public const string HtmlWith200 = "html-with-200";
        /// <summary>10 megabytes around one answer, then DONE</summary>
        public const string HugeBody = "huge-body";
        /// <summary>DONE at the first poll</summary>
        public const string ImmediateDone = "immediate-done";
        /// <summary>103 before the answer, then DONE</summary>
        public const string InterimAnswer = "interim-answer";
        /// <summary>500 at once, there is no job</summary>
        public const string InternalErrorOnSubmit = "internal-error-on-submit";
        /// <summary>The link of the job begins with /Jobs/</summary>
        public const string JobLinkCapital = "job-link-capital";
        /// <summary>A job without a status, then DONE</summary>
        public const string JobWithoutStatus = "job-without-status";
        /// <summary>Two PENDING answers, then 404 for ever</summary>
        public const string LostAfterPending = "lost-after-pending";
        /// <summary>pending in small letters, then DONE</summary>
        public const string LowerCaseStatus = "lower-case-status";
        /// <summary>400, the id of the job is malformed</summary>
        public const string MalformedIdAnswer = "malformed-id-answer";
        /// <summary>JSON without its last brace, then DONE</summary>
        public const string MalformedJson = "malformed-json";
        /// <summary>An eta 2.3 seconds ahead that is kept</summary>
        public const string NearEta = "near-eta";
        /// <summary>404 for ever</summary>
        public const string NeverAppears = "never-appears";
        /// <summary>PENDING for ever</summary>
        public const string NeverEnds = "never-ends";
        /// <summary>404 at first, then PENDING, then DONE</summary>
        public const string NotYetVisible = "not-yet-visible";
        /// <summary>422, another content was signed</summary>
        public const string OtherContent422 = "other-content-422";
        /// <summary>403, there were too many wrong codes</summary>
        public const string OtpAttemptsUsedUp = "otp-attempts-used-up";
        /// <summary>403, the code is too old</summary>
        public const string OtpExpired = "otp-expired";
        /// <summary>500, the code could not be sent</summary>
        public const string OtpNotSent = "otp-not-sent";
        /// <summary>No answer from the service of codes</summary>
        public const string OtpServiceSilent = "otp-service-silent";
        /// <summary>504, the service of codes does not answer</summary>
        public const string OtpServiceTimesOut = "otp-service-times-out";
        /// <summary>429, a code was sent a moment ago</summary>
        public const string OtpTooOften = "otp-too-often";
        /// <summary>422, the code is wrong</summary>
        public const string OtpWrong = "otp-wrong";
        /// <summary>503 five times without Retry-After, then DONE</summary>
        public const string Outage = "outage";
        /// <summary>503 at once, with Retry-After, there is no job</summary>
        public const string OverloadedOnSubmit = "overloaded-on-submit";
        /// <summary>DONE, then PENDING once more, then DONE</summary>
        public const string PendingAgainAfterDone = "pending-again-after-done";
        /// <summary>PENDING with an ETag, 304 to who sends it back, then DONE</summary>
        public const string PendingWithEtag = "pending-with-etag";
        /// <summary>422, the person can have no more confidants</summary>
        public const string PersonHasEnoughConfidants = "person-has-enough-confidants";
        /// <summary>422, the person is not found</summary>
        public const string PersonNotFound = "person-not-found";
        /// <summary>422, the telephone number is not verified</summary>
        public const string PhoneNotVerified = "phone-not-verified";
        /// <summary>409, the request for a prescription is not NEW</summary>
        public const string PrescriptionSign409 = "prescription-sign-409";
        /// <summary>pending for 2.3 seconds, then 303 with its links</summary>
        public const string ProcessedAfterEta = "processed-after-eta";
        /// <summary>Two pending answers, then processed</summary>
        public const string ProcessedAfterTwoPolls = "processed-after-two-polls";
        /// <summary>processed at the first poll</summary>
        public const string ProcessedAtOnce = "processed-at-once";
        /// <summary>processed, response_data is an empty text</summary>
        public const string ProcessedEmptyPayload = "processed-empty-payload";
        /// <summary>processed, 200 without any link</summary>
        public const string ProcessedNoLinks = "processed-no-links";
        /// <summary>200 in the place of 303, linked by a path</summary>
        public const string ProcessedRootedHref = "processed-rooted-href";
        /// <summary>303 with a Location, then what it leads to</summary>
        public const string ProcessedWithLocation = "processed-with-location";
        /// <summary>processed, 200 with response_data</summary>
        public const string ProcessedWithPayload = "processed-with-payload";
        /// <summary>303 to the job itself, then DONE</summary>
        public const string Redirected303 = "redirected-303";
        /// <summary>307 to the job itself, then DONE</summary>
        public const string Redirected307 = "redirected-307";
        /// <summary>Nobody listens for 3 seconds, then DONE</summary>
        public const string RefusedConnection = "refused-connection";
        /// <summary>409 at once, there is no job</summary>
        public const string RefusedOnSubmit409 = "refused-on-submit-409";
        /// <summary>422 at once, there is no job</summary>
        public const string RefusedOnSubmit422 = "refused-on-submit-422";
        /// <summary>409, the request has expired</summary>
        public const string RequestExpired = "request-expired";
        /// <summary>The connection breaks behind the headers, then DONE</summary>
        public const string ResetAfterHeaders = "reset-after-headers";
        /// <summary>The connection breaks at once, there is no job</summary>
        public const string ResetOnSubmit = "reset-on-submit";
        /// <summary>The connection breaks once, then DONE</summary>
        public const string ResetOnce = "reset-once";
        /// <summary>Retry-After as a date, once past already, then DONE</summary>
        public const string RetryAfterAsDate = "retry-after-as-date";
        /// <summary>Retry-After as a moment since 1970, then DONE</summary>
        public const string RetryAfterAsEpoch = "retry-after-as-epoch";
        /// <summary>pending for 20 seconds, the same body gets the same job</summary>
        public const string SameBodyAgain = "same-body-again";
        /// <summary>The token lacks the scope at each poll</summary>
        public const string ScopeMissing = "scope-missing";
        /// <summary>500 with an HTML page, then DONE</summary>
        public const string ServerErrorHtml = "server-error-html";
        /// <summary>A Content-Length that is too short, then DONE</summary>
        public const string ShortContentLength = "short-content-length";
        /// <summary>500, the signed content could not be stored</summary>
        public const string Sign500 = "sign-500";
        /// <summary>422, the request is not APPROVED</summary>
        public const string SignIncorrectStatus = "sign-incorrect-status";
        /// <summary>The connection breaks when something is signed</summary>
        public const string SignReset = "sign-reset";
        /// <summary>422, the signature is no good</summary>
        public const string Signature422 = "signature-422";
        /// <summary>Signed, and the register of civil status answers later</summary>
        public const string SignedThenDracsLater = "signed-then-dracs-later";
        /// <summary>Signed, but ERLN refuses the sick leave</summary>
        public const string SignedThenErlnError = "signed-then-erln-error";
        /// <summary>Signed, and ERLN refuses the sick leave later</summary>
        public const string SignedThenErlnFailsLater = "signed-then-erln-fails-later";
        /// <summary>Signed, and ERLN answers later</summary>
        public const string SignedThenErlnLater = "signed-then-erln-later";
        /// <summary>Signed, and ERLN has not answered yet</summary>
        public const string SignedThenErlnPending = "signed-then-erln-pending";
        /// <summary>The first poll is never answered, then DONE</summary>
        public const string SilentServer = "silent-server";
        /// <summary>PENDING for 10 minutes, then DONE</summary>
        public const string Slow = "slow";
        /// <summary>Two answers take 5 seconds each, then DONE</summary>
        public const string SlowAnswer = "slow-answer";
        /// <summary>A body that takes 5 seconds, then DONE</summary>
        public const string SlowBody = "slow-body";
        /// <summary>Headers that take 6 seconds, then DONE</summary>
        public const string SlowHeaders = "slow-headers";
        /// <summary>429 twice, then the job goes on</summary>
        public const string Throttled429 = "throttled-429";
        /// <summary>429 as the gateway writes it, then DONE</summary>
        public const string ThrottledPlain = "throttled-plain";
        /// <summary>The token runs out in mid-poll, then DONE</summary>
        public const string TokenExpires = "token-expires";
        /// <summary>The token runs out, and the next one too, then DONE</summary>
        public const string TokenExpiresTwice = "token-expires-twice";
        /// <summary>The token is revoked, and what could renew it</summary>
        public const string TokenRevoked = "token-revoked";
        /// <summary>The body ends before its Content-Length, then DONE</summary>
        public const string TruncatedBody = "truncated-body";
        /// <summary>401 at each poll</summary>
        public const string UnauthorizedForEver = "unauthorized-for-ever";
        /// <summary>PENDING, then a 401, then DONE</summary>
        public const string UnauthorizedInMidPoll = "unauthorized-in-mid-poll";
        /// <summary>A 401 that a new token ends, then DONE</summary>
        public const string UnauthorizedThenRenewed = "unauthorized-then-renewed";
        /// <summary>503 twice, then the job goes on</summary>
        public const string Unavailable503 = "unavailable-503";
        /// <summary>404 from the first poll, for ever</summary>
        public const string UnknownFromTheStart = "unknown-from-the-start";
        /// <summary>SUSPENDED for two polls, then DONE</summary>
        public const string UnknownStatus = "unknown-status";
        /// <summary>The firewall answers 406 with an HTML page at each poll</summary>
        public const string WafPage = "waf-page";
        /// <summary>The request is refused by the firewall, with an HTML page</summary>
        public const string WafPageOnSubmit = "waf-page-on-submit";
        /// <summary>JSON that is said to be HTML, then DONE</summary>
        public const string WrongContentType = "wrong-content-type";
    }

    /// <summary>A rule of the auditor, as the sandbox calls it.</summary>
    public static class Rule
    {
        /// <summary>No poll comes before the newest eta</summary>
        public const string EtaRespected = "eta-respected";
        /// <summary>When an answer moves the eta, the client goes by the new one</summary>
        public const string NewestEtaUsed = "newest-eta-used";
        /// <summary>Between two polls of a job there is a least time, whatever eta says</summary>
        public const string Spacing = "spacing";
        /// <summary>No poll of a job is sent while another one is on its way</summary>
        public const string SingleFlight = "single-flight";
        /// <summary>After an answer with Retry-After nobody asks again before that time</summary>
        public const string RetryAfterHonoured = "retry-after-honoured";
        /// <summary>Over failures in a row the pauses grow</summary>
        public const string BacksOff = "backs-off";
        /// <summary>One 5xx, broken answer, reset or time-out does not end the polling</summary>
        public const string SurvivesABlip = "survives-a-blip";
        /// <summary>A status that the client does not know is taken as still running</summary>
        public const string ToleratesUnknownStatus = "tolerates-unknown-status";
        /// <summary>A job that runs is polled until it is done or failed</summary>
        public const string ReachesTheEnd = "reaches-the-end";
        /// <summary>A job that is done or failed is not polled again</summary>
        public const string StopsWhenFinal = "stops-when-final";
        /// <summary>A job that stays unknown (404) is given up after a few tries</summary>
        public const string StopsOn404 = "stops-on-404";
        /// <summary>After 401 or 403 nobody asks again with the same credentials</summary>
        public const string StopsOnRefusal = "stops-on-refusal";
        /// <summary>A job that never ends is given up some day</summary>
        public const string GivesUp = "gives-up";
        /// <summary>A request that gets no answer is given up after a while</summary>
        public const string BoundedWait = "bounded-wait";
        /// <summary>When the job is done its result is read, by the right path</summary>
        public const string ReadsTheResult = "reads-the-result";
        /// <summary>When the job has failed no result is read</summary>
        public const string NoResultOnFailure = "no-result-on-failure";
        /// <summary>The same request is not sent again while its job is open</summary>
        public const string NoDuplicateSubmission = "no-duplicate-submission";
        /// <summary>Only ids that an answer has handed out are polled</summary>
        public const string OnlyKnownJobs = "only-known-jobs";
        /// <summary>Every request carries its credentials in headers, and none in the URL</summary>
        public const string CredentialsInHeaders = "credentials-in-headers";
        /// <summary>Many jobs are not polled all in the same instant</summary>
        public const string NoHerd = "no-herd";
        /// <summary>What the scenario expects of a good client holds</summary>
        public const string Expectations = "expectations";
        /// <summary>The receiver of a webhook answers 2xx within 5 s</summary>
        public const string WebhookAnswered = "webhook-answered";
        /// <summary>A webhook with a wrong signature is refused (4xx)</summary>
        public const string WebhookVerified = "webhook-verified";
        /// <summary>A webhook that comes again is taken again, and makes nothing twice</summary>
        public const string WebhookIdempotent = "webhook-idempotent";
        /// <summary>When no webhook comes the client asks for its job</summary>
        public const string FallsBackToPolling = "falls-back-to-polling";
        /// <summary>A token that is refused is refreshed once; one that was just refreshed and is refused as well is not</summary>
        public const string RefreshesOnce = "refreshes-once";
        /// <summary>However many requests are refused when a token runs out, it is refreshed once</summary>
        public const string SingleRefresh = "single-refresh";
        /// <summary>A refresh token that was refused is not sent again: the client signs in anew, or stops</summary>
        public const string StopsAtRefusedRefresh = "stops-at-refused-refresh";
        /// <summary>A 403 is not answered with a refreshed token</summary>
        public const string NoRefreshOn403 = "no-refresh-on-403";
        /// <summary>Once a job was asked for with a refreshed token, the old one is not used for it again</summary>
        public const string KeepsTheNewToken = "keeps-the-new-token";
    }
}
