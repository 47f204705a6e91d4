import { type Json, textOf } from '../../../contract/json.js';
import type { Pack, World } from '../../../sandbox/pack.js';
import { list, type Read } from '../read.js';
import { CONFIGURATIONS } from '../world/configurations.js';
import { BEFORE } from '../world/stamps.js';
import { type Dictionary, dictionaries } from './index.js';

const LABELS = ['SYSTEM', 'EXTERNAL'];

function asked(query: Readonly<Record<string, unknown>>, world: World): Dictionary[] {
  const { name, is_active } = query;
  return dictionaries(world).filter(
    (one) =>
      (name === undefined || one.name === name) &&
      (is_active === undefined || one.is_active === is_active),
  );
}

const getDictionaries: Read = ({ query }, world) => {
  const data = asked(query, world).map(({ name, is_active, codes }) => ({
    name,
    is_active,
    labels: LABELS,
    values: Object.fromEntries(codes),
  }));
  return { status: 200, content: { data, type: 'list' } };
};

const getDictionariesV2: Read = ({ query }, world) => {
  const { value_code, value_description, value_is_active } = query;
  const words = textOf(value_description ?? '').toLowerCase();
  const fits = (code: string, description: string) =>
    (value_code === undefined || code === value_code) &&
    description.toLowerCase().includes(words) &&
    textOf(value_is_active ?? 'true') === 'true';
  const data = asked(query, world).map(({ name, is_active, codes }) => ({
    name,
    description: name,
    is_active,
    labels: LABELS,
    values: [...codes].flatMap(([code, description]) =>
      fits(code, description) ? [{ code, description, is_active: true, child_values: [] }] : [],
    ),
  }));
  return { status: 200, content: { data, type: 'list' } };
};

const getConfigurationsMetadata: Read = (_, world) => {
  const data = Object.keys(CONFIGURATIONS).map((resource): Json => {
    const moments = world.all(resource).map(({ document }) => textOf(document.updated_at));
    return { resource, updated_at: moments.toSorted().at(-1) ?? BEFORE.updated_at };
  });
  return { status: 200, content: { data, type: 'list' } };
};

/** Dictionaries and configurations, by operationId. */
export const DICTIONARIES: Pack['reads'] = {
  getDictionaries,
  getDictionariesV2,
  getConfigurationsMetadata,
  searchCompositionConfigurations: list('composition_configuration'),
  searchDevicesConfigurations: list('device_configuration'),
  searchDeviceParametersConfigurations: list('device_parameter_configuration'),
  searchDictionariesConfigurations: list('dictionary_configuration'),
  searchObservationConfigurations: list('observation_configuration'),
};
