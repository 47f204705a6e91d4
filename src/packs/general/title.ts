import { at, type Json, textOf } from '../../contract/json.js';
import { fullName } from '../people.js';

/** A few words by which a person knows a resource: a name, else a note or a number. */
export function titleOf(document: Json): string | undefined {
  const who = at(document, 'party') ?? document;
  const names = ['last_name', 'first_name', 'second_name'].map((part) => at(who, part));
  const [last_name, first_name, second_name] = names;
  if (typeof last_name === 'string') {
    return fullName({
      last_name,
      first_name: textOf(first_name),
      second_name: textOf(second_name),
    });
  }
  const { name, note, declaration_number, request_number } = document;
  const title = name ?? note ?? declaration_number ?? request_number;
  return typeof title === 'string' ? title : undefined;
}
