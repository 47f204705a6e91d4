import { at, type Json } from '../../../contract/json.js';
import { type BusinessRule, SIGN_PAGE } from './business-rule.js';
import { difference } from './difference.js';
import type { Signing } from './signing.js';

export const signedWhatWasRead: BusinessRule<Signing> = {
  name: 'signed-what-was-read',
  code: '',
  title: 'The signed content is the composition as it is read back',
  source: SIGN_PAGE,
  broken: ({ composition, content }) => {
    const place = difference(anyEpisode(composition.document), anyEpisode(content));
    if (place === undefined) return undefined;
    return {
      what: `the signed content is not the composition, it differs at ${place}; read it and sign what stands in data, unchanged`,
    };
  },
};

/**
 * There must be an episode; which one, the sandbox learns only from a path that names it, so that what
 * was read before and after that differs.
 */
function anyEpisode(document: Json): Json {
  return { ...document, episodeOfCare: at(document, 'episodeOfCare.value') !== undefined };
}
