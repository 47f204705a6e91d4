/** What a field holds that must not leave the house; undefined: only what its text itself gives away. */
export type Kind = 'secret' | 'name' | 'birth' | 'number' | 'text' | 'id';

const SECRET = /token|password|passwd|secret|apikey|authorization|signature|psk|cookie|credential/;
const NAME =
  /^(first|last|second|middle|full|given|family|maiden|sur|user|display|short|legal|public|preferred)?names?$|patronymic|^(given|family|pib|fio)$/;
const BIRTH = /birth/;
const NUMBER =
  /^(taxid|rnokpp|drfo|ipn|inn|edrpou|unzr|series|number|mobile|msisdn|fax)$|phone|passport|docum.*number|number.*docum|email|licensenumber|slnum/;
const TEXT =
  /address|street|building|apartment|settlement|zipcode|postalcode|^(city|district|region|comment|note|notes|text)$/;
/** The case tells `patientId` from `paid`. */
const ID = /^(uu)?ids?$|[_-](uu)?ids?$|[a-z](Id|Ids|ID|IDs|Uuid|UUID)$/;

/** Goes by the words that a field's name is made of, whatever the API's way to write them. */
export function kindOf(field: string): Kind | undefined {
  const name = field.toLowerCase().replace(/[^a-z]/g, '');
  if (SECRET.test(name)) return 'secret';
  if (BIRTH.test(name)) return 'birth';
  if (NAME.test(name)) return 'name';
  if (NUMBER.test(name)) return 'number';
  if (TEXT.test(name)) return 'text';
  return ID.test(field) ? 'id' : undefined;
}

/** Fields whose text is for people who look for mistakes: it stays, without what identifies anybody. */
export function isMessage(field: string): boolean {
  return /error|message|description|detail|reason|^(title|rule|entry|status)$/i.test(field);
}
