/**
 * For authors of packs: what the `behaviour.js` of a pack folder exports, and what it is given.
 * Types alone, but for {@link definePack}, which a pack can do without: a plain object is taken too.
 */
export { definePack, type PackDefinition } from './sandbox/define-pack.js';
export type {
  ApiRequest,
  Beginnings,
  BusinessError,
  Caller,
  FinishedJob,
  Invalid,
  Made,
  Pack,
  Refusal,
  Reply,
  World,
} from './sandbox/pack.js';
export type { NewResource, Resource } from './sandbox/resources.js';
export type { Setting, Settings, SettingValue } from './sandbox/settings.js';
export type { ToldJob, Tour, TourChapter, TourRequest } from './sandbox/tour.js';
