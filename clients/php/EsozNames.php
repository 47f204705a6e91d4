<?php

// Written by scripts/catalogue.mjs: what comes with the sandbox, of all its APIs.

declare(strict_types=1);

namespace EsozSandbox;

/** A scenario. */
enum Scenario: string
{
    /** 404, then 429, then it is there */
    case AppearsAfter429 = 'appears-after-429';
    /** 404 for 5 seconds, then it is there */
    case AppearsAfter5s = 'appears-after-5s';
    /** 404 for a minute, then it is there */
    case AppearsAfterAMinute = 'appears-after-a-minute';
    /** 404, then 503 twice, then it is there */
    case AppearsAfterOutage = 'appears-after-outage';
    /** 404, then no answer, then it is there */
    case AppearsAfterSilence = 'appears-after-silence';
    /** What was signed is there at once */
    case AppearsAtOnce = 'appears-at-once';
    /** 404 until you release it, then it is there */
    case AppearsWhenReleased = 'appears-when-released';
    /** 502 with an HTML page, then DONE */
    case BadGatewayHtml = 'bad-gateway-html';
    /** A packed body that cannot be unpacked, then DONE */
    case BrokenGzip = 'broken-gzip';
    /** JSON behind a byte order mark, then DONE */
    case ByteOrderMark = 'byte-order-mark';
    /** A chunked body without its end, then DONE */
    case ChunkedCutOff = 'chunked-cut-off';
    /** The server’s Date is an hour ahead, then DONE */
    case ClockAhead = 'clock-ahead';
    /** The server’s Date is an hour behind, then DONE */
    case ClockBehind = 'clock-behind';
    /** A status that is a number, then DONE */
    case ContractBroken = 'contract-broken';
    /** 201 with the payload, done at once */
    case CreatedAtOnce = 'created-at-once';
    /** 200 with half of a JSON body, then DONE */
    case CutOffJson = 'cut-off-json';
    /** A declaration appears after 5 seconds, and the former one ends */
    case DeclarationReplacesFormer = 'declaration-replaces-former';
    /** 422, the doctor can have no more declarations */
    case DoctorHasEnough = 'doctor-has-enough';
    /** 409, the papers have not been uploaded */
    case DocumentsNotUploaded = 'documents-not-uploaded';
    /** PENDING for 2.3 seconds, then DONE */
    case DoneAfterEta = 'done-after-eta';
    /** Five PENDING answers, then DONE */
    case DoneAfterFivePolls = 'done-after-five-polls';
    /** Two PENDING answers, then DONE */
    case DoneAfterTwoPolls = 'done-after-two-polls';
    /** The job comes bare, without data around it */
    case DoneBareEnvelope = 'done-bare-envelope';
    /** The job comes in data, without meta */
    case DoneDataEnvelope = 'done-data-envelope';
    /** DONE, linked by a full path with the patient */
    case DoneFullPathHref = 'done-full-path-href';
    /** DONE, the link leads nowhere */
    case DoneNoHref = 'done-no-href';
    /** DONE, without any link */
    case DoneNoLinks = 'done-no-links';
    /** DONE, linked as composition/{id} */
    case DoneRelativeHref = 'done-relative-href';
    /** DONE, linked as /composition/{id} */
    case DoneRootedHref = 'done-rooted-href';
    /** A status that stands twice, then DONE */
    case DuplicateKeys = 'duplicate-keys';
    /** NEW for a minute, then APPROVED */
    case EmployeeApprovedAfterAMinute = 'employee-approved-after-a-minute';
    /** NEW for 5 seconds, then REJECTED */
    case EmployeeRejected = 'employee-rejected';
    /** NEW for 10 minutes, then EXPIRED */
    case EmployeeRequestExpired = 'employee-request-expired';
    /** 200 without a body, then DONE */
    case EmptyAnswer = 'empty-answer';
    /** The connection is closed without an answer, then DONE */
    case EmptyReply = 'empty-reply';
    /** The eta is 5 seconds ago, yet the job is PENDING */
    case EtaAlreadyPast = 'eta-already-past';
    /** An eta in seconds since 1970, then DONE */
    case EtaAsNumber = 'eta-as-number';
    /** First an eta in 21.4 seconds, then in 2.3, then DONE */
    case EtaComesCloser = 'eta-comes-closer';
    /** An eta by the clock of Kyiv, then DONE */
    case EtaInLocalTime = 'eta-in-local-time';
    /** An eta in 2.3 seconds, there one in 12.7 more, then DONE */
    case EtaInTwoStages = 'eta-in-two-stages';
    /** No eta, then DONE */
    case EtaMissing = 'eta-missing';
    /** Each poll moves the eta, never by the same, then DONE */
    case EtaMoves = 'eta-moves';
    /** An eta that is null, then DONE */
    case EtaNull = 'eta-null';
    /** An eta without a time zone, then DONE */
    case EtaWithoutZone = 'eta-without-zone';
    /** DONE is told once, then 404 */
    case ExpiredAfterDone = 'expired-after-done';
    /** FAILED with 1000, the composition is not found */
    case Failed1000 = 'failed-1000';
    /** FAILED with 1001, a refinement needs a person */
    case Failed1001 = 'failed-1001';
    /** FAILED with 1002, the subject has a conclusion already */
    case Failed1002 = 'failed-1002';
    /** FAILED with 1003, only FINAL can be cancelled */
    case Failed1003 = 'failed-1003';
    /** FAILED with 1004, the cancellation reason does not suit */
    case Failed1004 = 'failed-1004';
    /** FAILED with 1005, the time for cancelling is over */
    case Failed1005 = 'failed-1005';
    /** FAILED with 1006, integration tasks are running */
    case Failed1006 = 'failed-1006';
    /** FAILED with 1136, the replaced conclusion is not AMENDED */
    case Failed1136 = 'failed-1136';
    /** FAILED with 1137, the replaced conclusion is not found */
    case Failed1137 = 'failed-1137';
    /** FAILED with 1143, an existing conclusion starts later */
    case Failed1143 = 'failed-1143';
    /** FAILED with 1146, a replacement is of the same type */
    case Failed1146 = 'failed-1146';
    /** FAILED with 1154, the subject of a birth is the newborn */
    case Failed1154 = 'failed-1154';
    /** FAILED with 1167, the position of the author */
    case Failed1167 = 'failed-1167';
    /** FAILED with 1171, no such authentication method */
    case Failed1171 = 'failed-1171';
    /** FAILED with 1172, the treatment violation date */
    case Failed1172 = 'failed-1172';
    /** FAILED with 1181, the replacement flow is closed */
    case Failed1181 = 'failed-1181';
    /** FAILED with 1184, what it continues has been cancelled */
    case Failed1184 = 'failed-1184';
    /** Two pending answers, a 503, then failed */
    case FailedAfterOutage = 'failed-after-outage';
    /** Two PENDING answers, a 503, then FAILED */
    case FailedAfterTwoPolls = 'failed-after-two-polls';
    /** failed with 422, the id is taken */
    case FailedAlreadyExists = 'failed-already-exists';
    /** failed, status_code is a text */
    case FailedCodeAsText = 'failed-code-as-text';
    /** failed with 409, without a list */
    case FailedConflict = 'failed-conflict';
    /** FAILED, the reason in a list */
    case FailedErrorList = 'failed-error-list';
    /** FAILED, the reason in an object */
    case FailedErrorObject = 'failed-error-object';
    /** FAILED, the reason in rules */
    case FailedErrorRules = 'failed-error-rules';
    /** failed with 403, the error is a bare text */
    case FailedForbidden = 'failed-forbidden';
    /** FAILED at the first poll */
    case FailedImmediately = 'failed-immediately';
    /** FAILED, the reason in the link */
    case FailedLinkError = 'failed-link-error';
    /** FAILED, the reason an object in the link */
    case FailedLinkErrorObject = 'failed-link-error-object';
    /** failed with 404, the error has a message alone */
    case FailedMessageOnly = 'failed-message-only';
    /** FAILED, the new start is before the previous one */
    case FailedNewStartDate = 'failed-new-start-date';
    /** failed with 404, the encounter is not found */
    case FailedNotFound = 'failed-not-found';
    /** FAILED, the reason in the service's answer */
    case FailedResponseData = 'failed-response-data';
    /** FAILED, the code a number beside the message */
    case FailedResponseDataCode = 'failed-response-data-code';
    /** FAILED with a code that nobody has seen before */
    case FailedUnknownCode = 'failed-unknown-code';
    /** failed with 422, the date of the encounter */
    case FailedValidation = 'failed-validation';
    /** failed with 422, the visit is not found */
    case FailedVisitNotFound = 'failed-visit-not-found';
    /** FAILED, the reason is an empty text */
    case FailedWithEmptyText = 'failed-with-empty-text';
    /** failed_with_error, an end by another name */
    case FailedWithError = 'failed-with-error';
    /** failed with 404, the error is a text */
    case FailedWithText = 'failed-with-text';
    /** failed with 500, without a list of what is invalid */
    case FailedWithoutList = 'failed-without-list';
    /** FAILED, without a business error */
    case FailedWithoutText = 'failed-without-text';
    /** 403 at each poll */
    case Forbidden = 'forbidden';
    /** 504 with an HTML page, then DONE */
    case GatewayTimeout = 'gateway-timeout';
    /** PENDING until you release it, then DONE */
    case HeldUntilReleased = 'held-until-released';
    /** 200 with an HTML page, then DONE */
    case HtmlWith200 = 'html-with-200';
    /** 10 megabytes around one answer, then DONE */
    case HugeBody = 'huge-body';
    /** DONE at the first poll */
    case ImmediateDone = 'immediate-done';
    /** 103 before the answer, then DONE */
    case InterimAnswer = 'interim-answer';
    /** 500 at once, there is no job */
    case InternalErrorOnSubmit = 'internal-error-on-submit';
    /** The link of the job begins with /Jobs/ */
    case JobLinkCapital = 'job-link-capital';
    /** A job without a status, then DONE */
    case JobWithoutStatus = 'job-without-status';
    /** Two PENDING answers, then 404 for ever */
    case LostAfterPending = 'lost-after-pending';
    /** pending in small letters, then DONE */
    case LowerCaseStatus = 'lower-case-status';
    /** 400, the id of the job is malformed */
    case MalformedIdAnswer = 'malformed-id-answer';
    /** JSON without its last brace, then DONE */
    case MalformedJson = 'malformed-json';
    /** An eta 2.3 seconds ahead that is kept */
    case NearEta = 'near-eta';
    /** 404 for ever */
    case NeverAppears = 'never-appears';
    /** PENDING for ever */
    case NeverEnds = 'never-ends';
    /** 404 at first, then PENDING, then DONE */
    case NotYetVisible = 'not-yet-visible';
    /** 422, another content was signed */
    case OtherContent422 = 'other-content-422';
    /** 403, there were too many wrong codes */
    case OtpAttemptsUsedUp = 'otp-attempts-used-up';
    /** 403, the code is too old */
    case OtpExpired = 'otp-expired';
    /** 500, the code could not be sent */
    case OtpNotSent = 'otp-not-sent';
    /** No answer from the service of codes */
    case OtpServiceSilent = 'otp-service-silent';
    /** 504, the service of codes does not answer */
    case OtpServiceTimesOut = 'otp-service-times-out';
    /** 429, a code was sent a moment ago */
    case OtpTooOften = 'otp-too-often';
    /** 422, the code is wrong */
    case OtpWrong = 'otp-wrong';
    /** 503 five times without Retry-After, then DONE */
    case Outage = 'outage';
    /** 503 at once, with Retry-After, there is no job */
    case OverloadedOnSubmit = 'overloaded-on-submit';
    /** DONE, then PENDING once more, then DONE */
    case PendingAgainAfterDone = 'pending-again-after-done';
    /** PENDING with an ETag, 304 to who sends it back, then DONE */
    case PendingWithEtag = 'pending-with-etag';
    /** 422, the person can have no more confidants */
    case PersonHasEnoughConfidants = 'person-has-enough-confidants';
    /** 422, the person is not found */
    case PersonNotFound = 'person-not-found';
    /** 422, the telephone number is not verified */
    case PhoneNotVerified = 'phone-not-verified';
    /** 409, the request for a prescription is not NEW */
    case PrescriptionSign409 = 'prescription-sign-409';
    /** pending for 2.3 seconds, then 303 with its links */
    case ProcessedAfterEta = 'processed-after-eta';
    /** Two pending answers, then processed */
    case ProcessedAfterTwoPolls = 'processed-after-two-polls';
    /** processed at the first poll */
    case ProcessedAtOnce = 'processed-at-once';
    /** processed, response_data is an empty text */
    case ProcessedEmptyPayload = 'processed-empty-payload';
    /** processed, 200 without any link */
    case ProcessedNoLinks = 'processed-no-links';
    /** 200 in the place of 303, linked by a path */
    case ProcessedRootedHref = 'processed-rooted-href';
    /** 303 with a Location, then what it leads to */
    case ProcessedWithLocation = 'processed-with-location';
    /** processed, 200 with response_data */
    case ProcessedWithPayload = 'processed-with-payload';
    /** 303 to the job itself, then DONE */
    case Redirected303 = 'redirected-303';
    /** 307 to the job itself, then DONE */
    case Redirected307 = 'redirected-307';
    /** Nobody listens for 3 seconds, then DONE */
    case RefusedConnection = 'refused-connection';
    /** 409 at once, there is no job */
    case RefusedOnSubmit409 = 'refused-on-submit-409';
    /** 422 at once, there is no job */
    case RefusedOnSubmit422 = 'refused-on-submit-422';
    /** 409, the request has expired */
    case RequestExpired = 'request-expired';
    /** The connection breaks behind the headers, then DONE */
    case ResetAfterHeaders = 'reset-after-headers';
    /** The connection breaks at once, there is no job */
    case ResetOnSubmit = 'reset-on-submit';
    /** The connection breaks once, then DONE */
    case ResetOnce = 'reset-once';
    /** Retry-After as a date, once past already, then DONE */
    case RetryAfterAsDate = 'retry-after-as-date';
    /** Retry-After as a moment since 1970, then DONE */
    case RetryAfterAsEpoch = 'retry-after-as-epoch';
    /** pending for 20 seconds, the same body gets the same job */
    case SameBodyAgain = 'same-body-again';
    /** The token lacks the scope at each poll */
    case ScopeMissing = 'scope-missing';
    /** 500 with an HTML page, then DONE */
    case ServerErrorHtml = 'server-error-html';
    /** A Content-Length that is too short, then DONE */
    case ShortContentLength = 'short-content-length';
    /** 500, the signed content could not be stored */
    case Sign500 = 'sign-500';
    /** 422, the request is not APPROVED */
    case SignIncorrectStatus = 'sign-incorrect-status';
    /** The connection breaks when something is signed */
    case SignReset = 'sign-reset';
    /** 422, the signature is no good */
    case Signature422 = 'signature-422';
    /** Signed, and the register of civil status answers later */
    case SignedThenDracsLater = 'signed-then-dracs-later';
    /** Signed, but ERLN refuses the sick leave */
    case SignedThenErlnError = 'signed-then-erln-error';
    /** Signed, and ERLN refuses the sick leave later */
    case SignedThenErlnFailsLater = 'signed-then-erln-fails-later';
    /** Signed, and ERLN answers later */
    case SignedThenErlnLater = 'signed-then-erln-later';
    /** Signed, and ERLN has not answered yet */
    case SignedThenErlnPending = 'signed-then-erln-pending';
    /** The first poll is never answered, then DONE */
    case SilentServer = 'silent-server';
    /** PENDING for 10 minutes, then DONE */
    case Slow = 'slow';
    /** Two answers take 5 seconds each, then DONE */
    case SlowAnswer = 'slow-answer';
    /** A body that takes 5 seconds, then DONE */
    case SlowBody = 'slow-body';
    /** Headers that take 6 seconds, then DONE */
    case SlowHeaders = 'slow-headers';
    /** 429 twice, then the job goes on */
    case Throttled429 = 'throttled-429';
    /** 429 as the gateway writes it, then DONE */
    case ThrottledPlain = 'throttled-plain';
    /** The token runs out in mid-poll, then DONE */
    case TokenExpires = 'token-expires';
    /** The token runs out, and the next one too, then DONE */
    case TokenExpiresTwice = 'token-expires-twice';
    /** The token is revoked, and what could renew it */
    case TokenRevoked = 'token-revoked';
    /** The body ends before its Content-Length, then DONE */
    case TruncatedBody = 'truncated-body';
    /** 401 at each poll */
    case UnauthorizedForEver = 'unauthorized-for-ever';
    /** PENDING, then a 401, then DONE */
    case UnauthorizedInMidPoll = 'unauthorized-in-mid-poll';
    /** A 401 that a new token ends, then DONE */
    case UnauthorizedThenRenewed = 'unauthorized-then-renewed';
    /** 503 twice, then the job goes on */
    case Unavailable503 = 'unavailable-503';
    /** 404 from the first poll, for ever */
    case UnknownFromTheStart = 'unknown-from-the-start';
    /** SUSPENDED for two polls, then DONE */
    case UnknownStatus = 'unknown-status';
    /** The firewall answers 406 with an HTML page at each poll */
    case WafPage = 'waf-page';
    /** The request is refused by the firewall, with an HTML page */
    case WafPageOnSubmit = 'waf-page-on-submit';
    /** JSON that is said to be HTML, then DONE */
    case WrongContentType = 'wrong-content-type';
}

/** A rule of the auditor. */
enum Rule: string
{
    /** No poll comes before the newest eta */
    case EtaRespected = 'eta-respected';
    /** When an answer moves the eta, the client goes by the new one */
    case NewestEtaUsed = 'newest-eta-used';
    /** Between two polls of a job there is a least time, whatever eta says */
    case Spacing = 'spacing';
    /** No poll of a job is sent while another one is on its way */
    case SingleFlight = 'single-flight';
    /** After an answer with Retry-After nobody asks again before that time */
    case RetryAfterHonoured = 'retry-after-honoured';
    /** Over failures in a row the pauses grow */
    case BacksOff = 'backs-off';
    /** One 5xx, broken answer, reset or time-out does not end the polling */
    case SurvivesABlip = 'survives-a-blip';
    /** A status that the client does not know is taken as still running */
    case ToleratesUnknownStatus = 'tolerates-unknown-status';
    /** A job that runs is polled until it is done or failed */
    case ReachesTheEnd = 'reaches-the-end';
    /** A job that is done or failed is not polled again */
    case StopsWhenFinal = 'stops-when-final';
    /** A job that stays unknown (404) is given up after a few tries */
    case StopsOn404 = 'stops-on-404';
    /** After 401 or 403 nobody asks again with the same credentials */
    case StopsOnRefusal = 'stops-on-refusal';
    /** A job that never ends is given up some day */
    case GivesUp = 'gives-up';
    /** A request that gets no answer is given up after a while */
    case BoundedWait = 'bounded-wait';
    /** When the job is done its result is read, by the right path */
    case ReadsTheResult = 'reads-the-result';
    /** When the job has failed no result is read */
    case NoResultOnFailure = 'no-result-on-failure';
    /** The same request is not sent again while its job is open */
    case NoDuplicateSubmission = 'no-duplicate-submission';
    /** Only ids that an answer has handed out are polled */
    case OnlyKnownJobs = 'only-known-jobs';
    /** Every request carries its credentials in headers, and none in the URL */
    case CredentialsInHeaders = 'credentials-in-headers';
    /** Many jobs are not polled all in the same instant */
    case NoHerd = 'no-herd';
    /** What the scenario expects of a good client holds */
    case Expectations = 'expectations';
    /** The receiver of a webhook answers 2xx within 5 s */
    case WebhookAnswered = 'webhook-answered';
    /** A webhook with a wrong signature is refused (4xx) */
    case WebhookVerified = 'webhook-verified';
    /** A webhook that comes again is taken again, and makes nothing twice */
    case WebhookIdempotent = 'webhook-idempotent';
    /** When no webhook comes the client asks for its job */
    case FallsBackToPolling = 'falls-back-to-polling';
    /** A token that is refused is refreshed once; one that was just refreshed and is refused as well is not */
    case RefreshesOnce = 'refreshes-once';
    /** However many requests are refused when a token runs out, it is refreshed once */
    case SingleRefresh = 'single-refresh';
    /** A refresh token that was refused is not sent again: the client signs in anew, or stops */
    case StopsAtRefusedRefresh = 'stops-at-refused-refresh';
    /** A 403 is not answered with a refreshed token */
    case NoRefreshOn403 = 'no-refresh-on-403';
    /** Once a job was asked for with a refreshed token, the old one is not used for it again */
    case KeepsTheNewToken = 'keeps-the-new-token';
}
