import type { Reason } from '../course/schema.ts';
import type { Dose } from './administrations.ts';
import type { Appointment } from './appointments.ts';
import type { Body } from './body.ts';
import { minute } from './clock.ts';
import { idsOf } from './ids.ts';
import type { Random } from './random.ts';
import type { Setup } from './setup.ts';

/** The doses of one session: most often one, now and then a second, one that failed, or none at all. */
export function dosesOf(
  { visit: { ordinal, at }, route, status, reason, atHome }: Appointment,
  body: Body,
  { programme, habits, turns }: Setup,
  random: Random,
): readonly Dose[] {
  const ids = idsOf('dose', habits, random.branch('ids'));
  const substance = random.chance(route === 'IN' ? 0.6 : 0.02) ? 'esketamine' : 'ketamine';
  const planned = body.milligrams(ordinal, route, substance);
  const infused = route === 'IV' || (route === 'SC' && random.chance(0.5));
  const minutes = infused ? random.pick(programme.infusionMinutes) : 0;
  const first: Dose = {
    id: ids(1),
    status,
    reason,
    kind: 'initial',
    substance,
    route,
    start: at + random.integer(4, 8) * 5 * minute,
    minutes: status === 'stopped' ? Math.round(minutes * random.between(0.2, 0.8)) : minutes,
    milligrams: planned,
    kilograms: body.kilograms(ordinal),
    atHome,
  };
  const told = random.chance(0.5) || (reason?.key !== undefined && reason.key === turns.reason);
  if (status === 'notDone') return told ? [first] : [];
  if (status === 'stopped') return told || random.chance(0.8) ? [partOf(first, minutes, random)] : [];
  // A visit for talking: no dose was given and none was missed.
  if (random.chance(0.03)) return [];
  if (infused && random.chance(0.04)) {
    const milligrams = body.milligrams(ordinal, 'IM', substance);
    const second = {
      ...first,
      id: ids(2),
      route: 'IM',
      minutes: 0,
      milligrams,
      start: first.start + 15 * minute,
    } as const;
    return [{ ...first, status: 'notDone', reason: noAccess }, second];
  }
  const kind = random.weighted([[89, undefined] as const, [9, 'supplement'] as const, [2, 'rescue'] as const]);
  if (kind === undefined) return [first];
  const more: Dose = {
    ...first,
    id: ids(2),
    kind,
    route: infused ? random.pick(['IM', 'IV']) : route,
    start: first.start + random.integer(12, 20) * minute,
    minutes: 0,
    milligrams: random.pick([10, 20, 30]),
  };
  return [first, more];
}

const noAccess: Reason = { text: 'No venous access; IM instead' };

// A stopped infusion gave the part of the dose that its time allowed; what was not infused was broken off half-way.
function partOf(dose: Dose, plannedMinutes: number, random: Random): Dose {
  const part = plannedMinutes > 0 ? dose.minutes / plannedMinutes : random.between(0.3, 0.7);
  return { ...dose, milligrams: Math.max(1, Math.round(dose.milligrams * part * 10) / 10) };
}
