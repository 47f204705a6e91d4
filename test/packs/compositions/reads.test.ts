import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import type { Reply } from '../../../src/sandbox/pack.js';
import {
  ask,
  cancel,
  conclusion,
  created,
  dataOf,
  documentOf,
  ENCOUNTER,
  EPISODE,
  MOTHER,
  makeWorld,
  NOBODY,
  PATIENT,
  sign,
  signed,
} from './world.js';

const path = (id: string, more: Record<string, string> = {}) => ({
  patientId: PATIENT,
  compositionId: id,
  encounterId: ENCOUNTER,
  ...more,
});
const NOT_FOUND = { status: 404, type: 'not_found', message: expect.stringMatching(/^1000: /) };

describe('reading a composition', () => {
  it('gives the document to whoever names its patient and encounter, in either case', () => {
    const world = makeWorld();
    const id = created(world);
    expect(dataOf(ask(world, 'getCompositionByEncounter', path(id)))).toBe(documentOf(world, id));
    const upper = path(id.toUpperCase(), { patientId: PATIENT.toUpperCase() });
    expect(dataOf(ask(world, 'getCompositionByEncounter', upper))).toBe(documentOf(world, id));
  });

  it('is 404 under another patient, encounter or id', () => {
    const world = makeWorld();
    const id = created(world);
    for (const wrong of ['patientId', 'encounterId', 'compositionId']) {
      const params = path(id, { [wrong]: NOBODY });
      expect(ask(world, 'getCompositionByEncounter', params)).toMatchObject(NOT_FOUND);
    }
  });

  it('learns the episode from the first path that names one', () => {
    const world = makeWorld();
    const id = created(world);
    const full = path(id, { episodeId: EPISODE });
    expect(dataOf(ask(world, 'getComposition', full))).toMatchObject({
      episodeOfCare: { type: { coding: [{ code: 'episode' }] }, value: EPISODE },
    });
    expect(ask(world, 'getComposition', full)).toMatchObject({ status: 200 });
    const other = path(id, { episodeId: NOBODY });
    expect(ask(world, 'getComposition', other)).toMatchObject(NOT_FOUND);
    sign(world, id);
    expect(documentOf(world, id)).toMatchObject({
      status: 'FINAL',
      episodeOfCare: { value: EPISODE },
    });
  });

  it('learns nothing from a path that is wrong otherwise', () => {
    const world = makeWorld();
    const id = created(world);
    ask(world, 'getComposition', path(id, { episodeId: NOBODY, patientId: NOBODY }));
    const full = path(id, { episodeId: EPISODE });
    expect(ask(world, 'getComposition', full)).toMatchObject({ status: 200 });
  });
});

describe('searching', () => {
  const found = (answer: unknown) => (dataOf(answer as Reply) as Json[]).map((d) => d.title);
  const search = (world: ReturnType<typeof makeWorld>, query: Json) =>
    ask(world, 'searchCompositions', {}, query);

  it('wants either a subject or a focus', () => {
    const world = makeWorld();
    expect(search(world, {})).toMatchObject({ status: 400, invalid: [{ entry: 'subject' }] });
    expect(search(world, { subject: PATIENT, focus: PATIENT })).toMatchObject({
      status: 400,
      invalid: [{ entry: 'focus', entry_type: 'query' }],
    });
    expect(search(world, { subject: PATIENT })).toMatchObject({ status: 200 });
  });

  it('finds what fulfils every condition', () => {
    const world = makeWorld();
    const draft = documentOf(world, created(world)).title;
    const birth = documentOf(world, signed(world, conclusion('NEWBORN'))).title;
    const cancelled = signed(world);
    cancel(world, cancelled);
    const wrong = documentOf(world, cancelled).title;
    const by = (query: Json) => found(search(world, { subject: PATIENT, ...query }));
    expect(by({})).toEqual([draft, birth, wrong]);
    expect(by({ type: 'NEWBORN' })).toEqual([birth]);
    expect(by({ status: 'PRELIMINARY' })).toEqual([draft]);
    expect(by({ status: 'ENTERED-IN-ERROR' })).toEqual([wrong]);
    expect(by({ status: 'ENTERED_IN_ERROR', type: 'NEWBORN' })).toEqual([]);
    expect(by({ encounter: ENCOUNTER.toUpperCase() })).toHaveLength(3);
    expect(by({ encounter: NOBODY })).toEqual([]);
    expect(by({ episodeOfCare: NOBODY })).toEqual([]);
    expect(found(search(world, { focus: PATIENT }))).toEqual([draft, wrong]);
    expect(found(search(world, { focus: MOTHER }))).toEqual([birth]);
    expect(found(search(world, { subject: NOBODY }))).toEqual([]);
  });

  it('gives a part of the list, and says which', () => {
    const world = makeWorld();
    const titles = Array.from({ length: 5 }, () => documentOf(world, created(world)).title);
    const answer = search(world, { subject: PATIENT, offset: '2', limit: 2 });
    expect(found(answer)).toEqual(titles.slice(2, 4));
    expect(answer).toMatchObject({
      content: {
        type: 'list',
        paging: { page_number: 2, page_size: 2, total_entries: 5, total_pages: 3 },
      },
    });
    expect(search(world, { subject: NOBODY })).toMatchObject({
      content: { paging: { page_number: 1, page_size: 50, total_entries: 0, total_pages: 1 } },
    });
  });

  it('of a patient takes the patient of the path as the subject, and the focus in addition', () => {
    const world = makeWorld();
    const child = '9c7a1e54-3d28-4b0f-b6e1-5f8a2c0d7e39';
    const focus = {
      type: { coding: [{ system: 'eHealth/resources', code: 'person' }] },
      value: child,
    };
    const own = documentOf(world, created(world)).title;
    const care = documentOf(
      world,
      created(world, conclusion('TEMP_DISABILITY', { section: { focus } })),
    );
    const by = (patientId: string, query: Json) =>
      found(ask(world, 'searchPatientCompositions', { patientId }, query));
    expect(by(PATIENT, {})).toEqual([own, care.title]);
    expect(by(PATIENT, { focus: child })).toEqual([care.title]);
    expect(by(child, { focus: child })).toEqual([]);
    const both = { subject: PATIENT, focus: child };
    expect(ask(world, 'searchPatientCompositions', { patientId: PATIENT }, both)).toMatchObject({
      status: 400,
    });
  });
});

describe('integration data', () => {
  it('is 404 for drafts and for unknown compositions', () => {
    const world = makeWorld();
    const draft = path(created(world));
    expect(ask(world, 'getIntegrationDataByEncounter', draft)).toMatchObject({ status: 404 });
    const unknown = path(NOBODY, { episodeId: EPISODE });
    expect(ask(world, 'getIntegrationData', unknown)).toMatchObject(NOT_FOUND);
  });

  it('is a list by the full path, too', () => {
    const world = makeWorld();
    const params = path(signed(world), { episodeId: EPISODE });
    expect(ask(world, 'getIntegrationData', params)).toMatchObject({
      status: 200,
      content: { type: 'list', data: [{ component: 'ERLN' }] },
    });
  });
});

describe('the print form', () => {
  const print = (world: ReturnType<typeof makeWorld>, id: string, templateId: unknown) => {
    const answer = ask(world, 'getPrintFormByEncounter', path(id), { templateId });
    return 'content' in answer && 'text' in answer.content ? answer.content.text : answer;
  };

  it('is a Ukrainian page that tells what the conclusion says', () => {
    const world = makeWorld();
    const id = signed(world);
    const html = print(world, id, '1001');
    expect(html).toContain('<html lang="uk">');
    expect(html).toContain('Медичний висновок про тимчасову непрацездатність');
    expect(html).toContain(String(documentOf(world, id).title));
    expect(html).toContain('Підписано');
    expect(html).toContain('03.03.2025 – 07.03.2025');
    expect(html).toContain('03.03.2025, 11:15');
    expect(html).toContain(PATIENT);
  });

  it('shows a birth with its one day, by its own template', () => {
    const world = makeWorld();
    const html = print(world, signed(world, conclusion('NEWBORN')), 1000);
    expect(html).toContain('Медичний висновок про народження');
    expect(html).toContain('<td>03.03.2025</td>');
  });

  it('refuses a template of another type with 400', () => {
    const world = makeWorld();
    expect(print(world, signed(world), '1000')).toMatchObject({
      status: 400,
      invalid: [{ entry: 'templateId', entry_type: 'query', rules: [{ params: ['1001'] }] }],
    });
  });

  it('shows markup as text', () => {
    const world = makeWorld();
    const id = created(world);
    const resource = world.resources.get(id);
    const document = { ...documentOf(world, id), title: `<script>alert("'&")</script>` };
    if (resource) world.resources.put({ ...resource, document });
    const html = print(world, id, '1001');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;alert(&quot;&#39;&amp;&quot;)&lt;/script&gt;');
  });
});
