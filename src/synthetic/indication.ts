import type { Code, TreatmentCourse } from '../course/schema.ts';
import { day, mostlyDays } from './clock.ts';
import { idsOf } from './ids.ts';
import { quantity } from './numbers.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { coded } from './wording.ts';

type Indication = NonNullable<TreatmentCourse['indication']>;
type Medication = NonNullable<TreatmentCourse['concomitantMedications']>[number];

const icd10 = 'http://hl7.org/fhir/sid/icd-10';
const snomed = 'http://snomed.info/sct';

/** Why the course is given. */
export function indicationOf({ stated, key }: Setup, random: Random): Indication | undefined {
  if (!random.chance(stated(0.9))) return undefined;
  const bipolar = random.chance(key === 'guangzhou' ? 0.3 : 0.06);
  return {
    diagnoses: random.maybe(0.9, () => diagnosesOf(bipolar, random)),
    severity: random.maybe(stated(0.6), () =>
      random.pick(['moderate', 'severe', 'severe', 'moderate', 'severe', 'mild']),
    ),
    episode: random.maybe(stated(0.5), () => random.pick(['single', 'recurrent'])),
    treatmentResistant: random.maybe(stated(0.6), () => random.chance(0.95)),
    failedAntidepressants: random.maybe(stated(0.6), () => random.integer(2, 9)),
    priorTreatments: random.maybe(stated(0.4), () => priorTreatmentsOf(random)),
    bipolar: random.maybe(stated(0.4), () => bipolar),
    psychoticFeatures: random.maybe(stated(0.4), () => random.chance(0.03)),
    suicidalityAtEntry: random.maybe(stated(0.4), () => random.chance(0.7)),
    pain: random.maybe(stated(key === 'guangzhou' ? 0.7 : 0.15), () => random.pick(['none', 'mild', 'severe'])),
  };
}

const severe = {
  unipolar: ['F33.2', 'Recurrent depressive disorder, current episode severe without psychotic symptoms'],
  bipolar: ['F31.4', 'Bipolar affective disorder, current episode severe depression without psychotic symptoms'],
} as const;

function diagnosesOf(bipolar: boolean, random: Random): Indication['diagnoses'] {
  const all: NonNullable<Indication['diagnoses']> = [];
  if (random.chance(0.6)) all.push({ key: 'TRD' });
  if (random.chance(0.5)) {
    const [code, display] = bipolar ? severe.bipolar : severe.unipolar;
    all.push(coded(icd10, code, display, random));
  }
  if (bipolar && random.chance(0.6)) all.push({ key: 'bipolar' });
  if (random.chance(0.2)) all.push(coded(snomed, '370143000', 'Major depressive disorder', random));
  if (all.length === 0) all.push({ key: 'MDD' });
  return all;
}

const kinds = ['psychotherapy', 'ect', 'tms', 'esketamine', 'ketamine', 'other'] as const;

// The same treatment may have been tried twice, and helped once.
function priorTreatmentsOf(random: Random): Indication['priorTreatments'] {
  return Array.from({ length: random.integer(1, 3) }, () => ({
    kind: random.pick(kinds),
    helped: random.maybe(0.7, () => random.chance(0.3)),
  }));
}

interface Drug {
  readonly code: string;
  readonly name: string;
  readonly class: NonNullable<Medication['class']>;
  readonly dose: readonly [value: number, unit: NonNullable<Medication['dose']>['unit']];
}

const drugs: readonly [Drug, ...Drug[]] = [
  { code: 'N06AB10', name: 'escitalopram', class: 'antidepressant', dose: [20, 'mg'] },
  { code: 'N06AX16', name: 'venlafaxine', class: 'antidepressant', dose: [225, 'mg'] },
  { code: 'N06AX11', name: 'mirtazapine', class: 'antidepressant', dose: [30, 'mg'] },
  { code: 'N05AN01', name: 'lithium', class: 'moodStabiliser', dose: [12.2, 'mmol'] },
  { code: 'N03AX09', name: 'lamotrigine', class: 'moodStabiliser', dose: [0.2, 'g'] },
  { code: 'N03AG01', name: 'valproic acid', class: 'moodStabiliser', dose: [20, 'mg/kg'] },
  { code: 'N05BA01', name: 'diazepam', class: 'benzodiazepine', dose: [2.5, 'mg'] },
  { code: 'N05AH04', name: 'quetiapine', class: 'antipsychotic', dose: [150, 'mg'] },
  { code: 'H03AA01', name: 'levothyroxine sodium', class: 'other', dose: [75, 'ug'] },
  { code: 'A11CC05', name: 'colecalciferol', class: 'other', dose: [800, '[iU]'] },
  { code: 'R05DA04', name: 'codeine', class: 'other', dose: [7.5, 'mL'] },
  { code: 'N05AX08', name: 'risperidone', class: 'antipsychotic', dose: [1.5, 'mg/d'] },
  { code: 'N05AD01', name: 'haloperidol', class: 'antipsychotic', dose: [10, '[drp]'] },
  { code: 'N06BA09', name: 'atomoxetine', class: 'other', dose: [1, '{capsule}'] },
  { code: 'B03BB01', name: 'folic acid', class: 'other', dose: [1, '{tablet}'] },
  { code: 'R03AC02', name: 'salbutamol', class: 'other', dose: [2, '{puff}'] },
  { code: 'N07BA01', name: 'nicotine', class: 'other', dose: [1, '{patch}'] },
  { code: 'N02AB03', name: 'fentanyl', class: 'other', dose: [12.5, 'ug/h'] },
  { code: 'A11CC04', name: 'calcitriol', class: 'other', dose: [250, 'ng'] },
  { code: 'A06AD15', name: 'macrogol', class: 'other', dose: [13.8, 'g/d'] },
  { code: 'D07AA02', name: 'hydrocortisone', class: 'other', dose: [1, '%'] },
  { code: 'N02BE01', name: 'paracetamol', class: 'other', dose: [2, '{tbl}'] },
  { code: 'A12BA01', name: 'potassium chloride', class: 'other', dose: [20, 'meq'] },
  { code: 'N02AA01', name: 'morphine', class: 'other', dose: [10, 'mg/mL'] },
  { code: 'C01DA02', name: 'glyceryl trinitrate', class: 'other', dose: [0.4, 'mg/h'] },
  { code: 'A02BC01', name: 'omeprazole', class: 'other', dose: [1, '1'] },
];

/** What else is taken. */
export function medicationsOf(schedule: Schedule, setup: Setup, random: Random): Medication[] {
  const { clock, stated } = setup;
  const ids = idsOf('med', setup.habits, random.branch('ids'));
  const count = random.chance(setup.turns.has('concomitantMedications') ? 1 : stated(0.7))
    ? random.integer(1, setup.size === 'full' ? 5 : 3)
    : 0;
  return Array.from({ length: count }, (_, n) => {
    const own = random.branch(n);
    const drug = own.pick(drugs);
    const started = schedule.start - own.integer(20, 900) * day;
    const ended = own.integer(started / day + 10, schedule.known / day) * day;
    const code: Code | undefined = own.maybe(0.7, () => coded('http://www.whocc.no/atc', drug.code, drug.name, own));
    return {
      id: ids(n + 1),
      corrected: correctedAfter(schedule.start, setup, own, 'concomitantMedications'),
      code,
      name: own.maybe(code === undefined ? 0.95 : 0.4, () => drug.name),
      class: own.maybe(0.6, () => drug.class),
      dose: own.maybe(0.75, () => quantity(drug.dose[0], Number.isInteger(drug.dose[0]) ? 0 : 2, drug.dose[1], own)),
      start: clock.loosely(started, own, { ...mostlyDays, absent: 0.3, month: 0.2 }),
      end: own.maybe(0.2, () => clock.loosely(ended, own, mostlyDays)),
      heldOnDosingDays: own.maybe(0.3, () => own.chance(drug.class === 'benzodiazepine' ? 0.8 : 0.1)),
    };
  });
}
