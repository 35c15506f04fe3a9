import guangzhou from '../../profiles/plandefinitions/guangzhou.json' with { type: 'json' };
import kaiser from '../../profiles/plandefinitions/kaiser.json' with { type: 'json' };
import losAngeles from '../../profiles/plandefinitions/los-angeles.json' with { type: 'json' };
import norway from '../../profiles/plandefinitions/norway.json' with { type: 'json' };
import portugal from '../../profiles/plandefinitions/portugal.json' with { type: 'json' };
import cadss from '../../profiles/questionnaires/cadss.json' with { type: 'json' };
import courseRecord from '../../profiles/questionnaires/course-record.json' with { type: 'json' };
import eligibility from '../../profiles/questionnaires/eligibility.json' with { type: 'json' };
import followUp from '../../profiles/questionnaires/follow-up.json' with { type: 'json' };
import gad7 from '../../profiles/questionnaires/gad7.json' with { type: 'json' };
import interview from '../../profiles/questionnaires/interview.json' with { type: 'json' };
import ksetAcute from '../../profiles/questionnaires/kset-acute.json' with { type: 'json' };
import ksetBaseline from '../../profiles/questionnaires/kset-baseline.json' with { type: 'json' };
import ksetFollowup from '../../profiles/questionnaires/kset-followup.json' with { type: 'json' };
import ksetScreening from '../../profiles/questionnaires/kset-screening.json' with { type: 'json' };
import madrs from '../../profiles/questionnaires/madrs.json' with { type: 'json' };
import phq9 from '../../profiles/questionnaires/phq9.json' with { type: 'json' };
import psychotherapySession from '../../profiles/questionnaires/psychotherapy-session.json' with { type: 'json' };
import sfmpq from '../../profiles/questionnaires/sfmpq.json' with { type: 'json' };
import suicideRisk from '../../profiles/questionnaires/suicide-risk.json' with { type: 'json' };

/** The Questionnaires and PlanDefinitions that we ship, as they are published. */

export { courseRecord, eligibility, followUp, interview, psychotherapySession, suicideRisk };

/** The instruments that we ship. */
export const shippedInstruments: readonly unknown[] = [
  phq9,
  gad7,
  madrs,
  sfmpq,
  ksetScreening,
  ksetBaseline,
  ksetAcute,
  ksetFollowup,
  cadss,
];

/** The forms of ours that are no instruments. */
export const ownForms: readonly unknown[] = [
  courseRecord,
  eligibility,
  followUp,
  interview,
  psychotherapySession,
  suicideRisk,
];

/** The programmes that we ship. */
export const shippedProgrammes: readonly unknown[] = [norway, portugal, guangzhou, kaiser, losAngeles];
