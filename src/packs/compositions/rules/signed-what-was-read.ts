import { type BusinessRule, SIGN_PAGE } from './business-rule.js';
import { difference } from './difference.js';
import type { Signing } from './signing.js';

/**
 * As long as nobody has named the episode, the sandbox has made it up: then it is left out of the
 * comparison, for the first path that names one changes it.
 */
export const signedWhatWasRead: BusinessRule<Signing> = {
  name: 'signed-what-was-read',
  code: '',
  title: 'The signed content is the composition as it is read back',
  source: SIGN_PAGE,
  broken: ({ composition, content }) => {
    const { document, facts } = composition;
    const free = facts.episodeKnown ? {} : { episodeOfCare: undefined };
    const place = difference({ ...document, ...free }, { ...content, ...free });
    if (place === undefined) return undefined;
    return {
      what: `the signed content is not the composition, it differs at ${place}; read it and sign what stands in data, unchanged`,
    };
  },
};
