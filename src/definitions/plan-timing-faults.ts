import { faultUnless, type DefinitionFault, type Located } from './definition-fault.ts';
import { elementOf, numberIn } from './elements.ts';

// The units that R4 allows in a Timing (http://hl7.org/fhir/R4/valueset-units-of-time.html).
const units: readonly unknown[] = ['s', 'min', 'h', 'd', 'wk', 'mo', 'a'];

/** That what an action says of number and distance can be counted with. */
export function timingFaults({ element, at }: Located): readonly DefinitionFault[] {
  const timing = element['timingTiming'];
  if (timing === undefined) return [];
  const given = elementOf(timing)['repeat'];
  const isElement = (value: unknown): boolean => elementOf(value) === value;
  if (!isElement(timing) || (given !== undefined && !isElement(given))) {
    return [{ at: `${at}.timingTiming`, says: 'A Timing is expected.' }];
  }
  const repeat = elementOf(given);
  const place = (name: string): string => `${at}.timingTiming.repeat.${name}`;
  const [least, most] = [numberIn(repeat, 'count'), numberIn(repeat, 'countMax')];
  const isWhole = (name: string): boolean => {
    const number = numberIn(repeat, name);
    return number !== undefined && Number.isInteger(number) && number > 0;
  };
  return [
    ...['count', 'countMax', 'frequency']
      .filter((name) => repeat[name] !== undefined && !isWhole(name))
      .map((name) => ({ at: place(name), says: 'A whole number from 1 on is expected.' })),
    ...faultUnless(
      least === undefined || most === undefined || least <= most,
      place('countMax'),
      'The countMax is no less than the count.',
    ),
    ...faultUnless(
      repeat['period'] === undefined || (numberIn(repeat, 'period') ?? 0) > 0,
      place('period'),
      'A number above 0 is expected.',
    ),
    // R4, invariant tim-2: a period has a unit.
    ...faultUnless(
      (repeat['period'] === undefined && repeat['periodUnit'] === undefined) || units.includes(repeat['periodUnit']),
      place('periodUnit'),
      'A unit of time is expected: s, min, h, d, wk, mo or a.',
    ),
  ];
}
