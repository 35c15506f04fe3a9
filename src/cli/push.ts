import type { Definitions } from '../definitions/definitions.ts';
import type { FhirServer } from '../exchange/ports.ts';
import { pushCourse } from '../exchange/push.ts';
import type { Receipt } from '../exchange/receipt.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import { verifyCourse } from '../exchange/verify.ts';
import { receiptJson } from '../http/wire.ts';
import { writeJson } from '../json/json.ts';
import { statusOf } from '../outcome/operation-outcome.ts';
import { coursesIn } from './courses.ts';
import { exitCodes, gravest, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';
import { sayDifferences } from './compare.ts';

/** Where courses go, and whether they are read back. */
export interface PushTo {
  readonly server: FhirServer;
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
  readonly verify: boolean;
}

/** Writes courses to a target and prints a receipt a line. A target that is down ends it: the next would fare no better. */
export async function pushCommand(inputs: readonly Input[], to: PushTo, terminal: Terminal): Promise<ExitCode> {
  const codes = new Set<ExitCode>();
  let read = 0;
  let delivered = 0;
  for await (const { place, value: course, issues } of coursesIn(inputs, to.definitions)) {
    read += 1;
    terminal.issues(place, issues);
    if (course === undefined) {
      codes.add(exitCodes.refused);
      continue;
    }
    const receipt = await pushCourse(course, to);
    terminal.issues(place, receipt.issues);
    await terminal.out(writeJson(receiptJson(receipt)));
    codes.add(codeOf(receipt));
    if (receipt.state === 'unavailable') {
      terminal.say('push: the target is not available, so what follows was not tried.');
      break;
    }
    if (receipt.state === 'delivered') {
      delivered += 1;
      if (to.verify) codes.add(sayDifferences(place, await verifyCourse(course, to.server, to.definitions), terminal));
    }
    terminal.progress(() => `push: ${counted(read, 'course')} so far`);
  }
  terminal.say(`push: ${counted(read, 'course')} read, ${delivered} delivered, ${read - delivered} not.`);
  return gravest(codes);
}

function codeOf({ state, issues }: Receipt): ExitCode {
  if (state === 'delivered') return exitCodes.good;
  return statusOf(issues) >= 500 ? exitCodes.unavailable : exitCodes.refused;
}
