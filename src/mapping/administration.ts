import { partIdentifier } from '../course/identity.ts';
import type { Administration, Session } from '../course/schema.ts';
import { keywords } from '../course/keywords.ts';
import { shared } from '../json/bytes.ts';
import { base } from '../definitions/terminology.ts';
import { dataAbsentReasonUrl, medicationCategorySystem, ownExtension } from './canonicals.ts';
import { effective } from './effective.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';
import { code, keyword, keywordCoding, quantity, reasonIn, ref, string, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { element, extension } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { begin, mapped, partReference, readPart, references, type Scene } from './scene.ts';

/** One dose event as a MedicationAdministration (https://hl7.org/fhir/R4/medicationadministration.html). */

const facet = 'administration';
const row = rowsOf<Administration>();

/** A lot number has no element of its own: it is the batch of a contained Medication. */
const lot: Row = {
  field: 'lot',
  element: 'contained.batch.lotNumber',
  type: 'string',
  write: (part, resource) => {
    if (part['lot'] === undefined) return;
    resource['contained'] = [{ resourceType: 'Medication', id: 'lot', batch: { lotNumber: part['lot'] } }];
    resource['supportingInformation'] = [{ reference: '#lot' }];
  },
  read: (resource, part) => {
    const [medication] = elementsIn(resource, 'contained');
    const number = textIn(elementIn(medication, 'batch'), 'lotNumber');
    if (number !== undefined) part['lot'] = number;
  },
};

export const administrationRows: readonly Row[] = [
  row('status', extension(ownExtension('stated-status')), keywordCoding('done-status')),
  row('kind', extension(ownExtension('administration-kind')), keywordCoding('administration-kind')),
  row('perWeight', extension(ownExtension('dose-per-weight')), quantity),
  row('concentration', extension(ownExtension('concentration')), quantity),
  row('volume', extension(ownExtension('volume')), quantity),
  row('waste.amount', extension(ownExtension('waste'), 'amount'), quantity),
  row('waste.witness', extension(ownExtension('waste'), 'witness'), ref),
  row('selfTaken', extension(ownExtension('self-taken')), yes),
  row('reason', element('statusReason[0]'), reasonIn('adverse-effect', 'end-reason')),
  row('substance', element('medicationCodeableConcept'), keyword('substance')),
  effective('start', 'end', { required: true }),
  row('performer', element('performer[0].actor'), ref),
  lot,
  row('note', element('note[0].text'), string),
  row('bodySite', element('dosage.site'), code),
  row('route', element('dosage.route'), keyword('route')),
  row('method', element('dosage.method'), code),
  row('amount', element('dosage.dose'), quantity),
  row('rate', element('dosage.rateQuantity'), quantity),
];

const fhirStatus = { completed: 'completed', stopped: 'stopped', notDone: 'not-done' } as const;

/** The reference to an administration of a session. */
const administrationReference = (scene: Scene, session: Session, { id }: Administration): string =>
  partReference(
    scene,
    'MedicationAdministration',
    [
      ['s', session.id],
      ['adm', id],
    ],
    facet,
  );

const firstGiven = (session: Session): Administration | undefined =>
  session.administrations?.find(({ status }) => status !== 'notDone');

/** The reference to the session's first administration that was given, as a list: what its readings are part of. */
export function firstDoseReference(scene: Scene, session: Session): readonly Elements[] | undefined {
  if (!scene.firstDoses.has(session)) {
    const first = firstGiven(session);
    scene.firstDoses.set(session, first && shared(references([administrationReference(scene, session, first)])));
  }
  return scene.firstDoses.get(session);
}

export function writeAdministration(scene: Scene, session: Session, part: Administration, at: string): MappedResource {
  const identifier = partIdentifier(
    scene.course,
    [
      ['s', session.id],
      ['adm', part.id],
    ],
    facet,
  );
  const resource = begin(scene, 'MedicationAdministration', identifier, part);
  const { programme } = scene.course;
  if (programme !== undefined && keywords.programme.some((key) => key === programme.key)) {
    resource['instantiates'] = [`${base}/PlanDefinition/${programme.key}`];
  }
  const first = firstDoseReference(scene, session);
  if (isSupplement(part) && first !== undefined && firstGiven(session) !== part) {
    resource['partOf'] = first;
  }
  resource['status'] = scene.course.status === 'enteredInError' ? 'entered-in-error' : fhirStatus[part.status];
  const category = categoryOf(scene, session, part);
  if (category !== undefined) {
    resource['category'] = { coding: [{ system: medicationCategorySystem, code: category }] };
  }
  writeRows(administrationRows, part, resource, scene);
  if (part.selfTaken === true && part.performer === undefined) {
    resource['performer'] = [{ actor: scene.subject }];
  }
  const reasons = reasonsOf(scene);
  if (reasons.length > 0) resource['reasonCode'] = reasons;
  stateAbsentDose(resource);
  return mapped(resource, identifier, at);
}

export const readAdministration = (resource: Elements): Elements => readPart(administrationRows, resource);

const isSupplement = ({ kind }: Administration): boolean => kind === 'supplement' || kind === 'rescue';

function categoryOf({ course }: Scene, session: Session, { selfTaken }: Administration): string | undefined {
  return selfTaken === true ? 'community' : (session.setting ?? course.setting);
}

/** The indication: why the course is given is why its doses are. */
function reasonsOf({ course }: Scene): Elements[] {
  return (course.indication?.diagnoses ?? []).map((diagnosis) => {
    const holder: Elements = {};
    reasonIn('diagnosis').put(holder, 'concept', diagnosis as never, { zone: undefined });
    return elementIn(holder, 'concept') ?? {};
  });
}

// Invariant mad-1: a dosage has a dose or a rate. A route without a dose says that the dose is unknown; never zero.
function stateAbsentDose(resource: Elements): void {
  const dosage = elementIn(resource, 'dosage');
  if (dosage === undefined || dosage['dose'] !== undefined || dosage['rateQuantity'] !== undefined) return;
  dosage['dose'] = { extension: [{ url: dataAbsentReasonUrl, valueCode: 'unknown' }] };
}
