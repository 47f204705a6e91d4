/** `application/json; charset=utf-8` → `application/json`. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * RFC 8259 §11; RFC 6839 §3.1: a media type with the suffix `+json` is JSON too; `text/json` is what some
 * platforms call it.
 * @param mediaType as {@link mediaTypeOf} has it
 */
export function isJson(mediaType: string): boolean {
  return (
    mediaType === 'application/json' || mediaType.endsWith('+json') || mediaType === 'text/json'
  );
}
