import { type Gateway, USUAL_GATEWAY } from '../../contract/gateway.js';
import { isObject, type Json } from '../../contract/json.js';

/** The gateway that a checked file says. */
export function buildGateway(raw: unknown): Gateway {
  if (!isObject(raw)) return USUAL_GATEWAY;
  const [scope, limit] = [raw.missing_scope, raw.rate_limit].map(partOf) as [Json, Json];
  const told = textOf(raw.request_id);
  return {
    missingScope: {
      status: Number(scope.http ?? USUAL_GATEWAY.missingScope.status),
      type: textOf(scope.type),
      message: textOf(scope.message),
    },
    rateLimit: {
      text: textOf(limit.text),
      limit: textOf(limit.limit),
      remaining: textOf(limit.remaining),
    },
    requestId: told === undefined ? undefined : { name: told.toLowerCase(), told },
  };
}

function partOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
