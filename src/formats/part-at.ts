import * as z from 'zod';
import type { Path } from './document.js';

/** The part of a declaration that stands at a path of a value. */
export function partAt(format: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  const part = formOf(format, value);
  const [head, ...rest] = path;
  if (head === undefined) return part;
  const inner = typeof value === 'object' && value !== null ? Reflect.get(value, head) : undefined;
  const next =
    part instanceof z.ZodObject
      ? part.shape[head]
      : part instanceof z.ZodRecord
        ? part.valueType
        : part instanceof z.ZodArray
          ? part.element
          : undefined;
  return next === undefined ? undefined : partAt(next as z.ZodType, inner, rest);
}

/** Without `optional` and the like; of a union the form that the value has. */
function formOf(part: z.ZodType, value: unknown): z.ZodType {
  if (part instanceof z.ZodOptional || part instanceof z.ZodNullable) {
    return formOf(part.unwrap() as z.ZodType, value);
  }
  if (part instanceof z.ZodLazy) return formOf(part.unwrap() as z.ZodType, value);
  if (!(part instanceof z.ZodUnion)) return part;
  const forms = (part.options as z.ZodType[]).map((each) => formOf(each, value));
  const meant = forms.find((form) => {
    if (Array.isArray(value)) return form instanceof z.ZodArray;
    if (typeof value !== 'object' || value === null) return false;
    return form instanceof z.ZodObject || form instanceof z.ZodRecord;
  });
  return meant ?? part;
}
