import { anything } from './declare.js';

/** Where a file of any format may keep what it names elsewhere. */
export const PartsFile = anything({
  description:
    'Free for values with an anchor, `&NAME`, which aliases, `*NAME`, and merge keys, `<<: *NAME`, put in elsewhere. Nothing else reads it.',
});
