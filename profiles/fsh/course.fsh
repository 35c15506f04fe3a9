// The course and its sessions: the spine from which every other resource is found.

Profile: CourseSummary
Parent: Observation
Id: course-summary
Title: "Course summary"
Description: "A course of treatment as one Observation: its status, programme and totals, and as members its session records and what belongs to no session. Every search for a course begins here."
* insert Finding(therapy)
* insert Called(course-summary)
* insert AtNoVisit
* insert Group
* insert Underived
* effective[x] only Period
* extension contains AssessmentLabel named assessmentLabel 0..*
* hasMember only Reference(Observation)
* hasMember.extension contains SessionLabel named label 0..1
* insert Facts
* insert FactFrom(status, course-status, 1..1, Status of the course)
* insert FactFrom(end-reason, end-reason, 0..1, Why the course ended)
* insert FactPreferably(programme, programme, 0..1, The programme)
* insert FactOf(programme-version, string, 0..1, Version of the programme)
* insert FactIn(sessions-completed, 1, 1..1, Number of completed sessions)
* insert FactIn(response-count, 1, 1..1, Number of responses of the course)
* insert FactIn(evaluation-count, 1, 0..1, Number of evaluations that no summary lists)
* insert FactIn(cumulative-dose, mg, 0..1, Milligrams given in the course)

Profile: SessionRecord
Parent: Observation
Id: session-record
Title: "Session record"
Description: "One visit, done or not: what was planned, how it went, and as members everything that was seen and measured at it. It is part of its administrations, where there are any."
* insert Finding(therapy)
* insert Called(session-record)
* insert Group
* insert Underived
* partOf only Reference(MedicationAdministration)
* performer 0..1
* note 0..1
* hasMember only Reference(Observation)
* insert Facts
* insert FactFrom(status, done-status, 1..1, Whether the session took place)
* insert FactPreferably(reason, not-as-planned-reason, 0..1, Why it was stopped or not done)
* insert FactOf(phase, string, 0..1, The phase by its id in the course)
* insert FactOf(stated-ordinal, integer, 0..1, Its number as the clinic counts)
* insert FactFrom(setting, session-setting, 0..1, Where it took place)
* insert FactOf(recliner, boolean, 0..1, A recliner was used)
* insert FactOf(eye-mask, boolean, 0..1, An eye mask was used)
* insert FactOf(music, boolean, 0..1, Music was played)
* insert FactIn(planned-amount, mg, 0..1, Planned dose)
* insert FactIn(planned-per-weight, mg/kg, 0..1, Planned dose per body weight)
* insert FactIn(planned-minutes, min, 0..1, Planned minutes of the dose)
* insert FactOf(planned-change-reason, string, 0..1, Why the planned dose was changed)
* insert FactOf(ready-for-discharge, dateTime, 0..1, When the patient could go)
* insert FactIn(monitored-minutes, min, 0..1, Minutes under observation)
* insert FactOf(escorted, boolean, 0..1, The patient left with an escort)
* insert FactIn(tolerability, {score}, 0..1, How well the session was tolerated)
* insert FactIn(session-dose, mg, 0..1, Milligrams given in the session)

Profile: PhaseTransition
Parent: Observation
Id: phase-transition
Title: "Phase transition"
Description: "The decision that took a course from one phase to the next, and the scores that it rests on, if any."
* insert Finding(therapy)
* insert Called(phase-transition)
* insert AtNoVisit
* insert Group
* insert WithoutMembers
* insert Comparison
* effective[x] only dateTime
* derivedFrom 0..2
* insert Facts
* insert FactOf(from-phase, string, 0..1, The phase before by its id in the course)
* insert FactOf(to-phase, string, 1..1, The phase after by its id in the course)
* insert FactOrReason(baseline, {score}, 0..1, Score at baseline)
* insert FactOrReason(current, {score}, 0..1, Score now)
* insert FactOrReason(reduction, {score}, 0..1, Reduction in points)
* insert FactOrReason(reduction-percent, %, 0..1, Reduction in per cent of the baseline)
* insert FactIn(criterion-percent, %, 0..1, Reduction that the programme asks for)
* insert FactIn(stated-reduction-percent, %, 0..1, Reduction as the clinic stated it)
* insert FactOf(overridden, boolean, 0..1, The decision went against the criterion)
* insert FactOf(override-reason, string, 0..1, Why it went against the criterion)

Profile: OutcomeEvaluation
Parent: Observation
Id: outcome-evaluation
Title: "Outcome evaluation"
Description: "Whether the course helped: the category by the programme's criterion or as the clinic stated it, with the two scores that it compares."
* insert Finding(therapy)
* insert Called(outcome)
* insert AtNoVisit
* insert WithoutMembers
* insert Comparison
* obeys cb-known and cb-basis
* effective[x] only dateTime
* value[x] only CodeableConcept
* valueCodeableConcept from https://w3id.org/coursebridge/ValueSet/outcome-category (required)
* dataAbsentReason from https://w3id.org/coursebridge/ValueSet/absent-reason (required)
* derivedFrom 2..2
* insert Facts
* insert FactPreferably(instrument, instrument, 1..1, The instrument)
* insert FactOrReason(baseline, {score}, 1..1, Score at baseline)
* insert FactOrReason(current, {score}, 1..1, Score now)
* insert FactOrReason(reduction, {score}, 1..1, Reduction in points)
* insert FactOrReason(reduction-percent, %, 1..1, Reduction in per cent of the baseline)
* insert FactIn(criterion-percent, %, 0..1, Reduction that the programme asks for)
* insert FactFrom(stated-category, outcome-category, 0..1, The category as the clinic stated it)
* insert FactIn(stated-reduction-percent, %, 0..1, Reduction as the clinic stated it)
* insert FactFrom(basis, score-basis, 0..1, Whether the category was computed or stated)

// What compares scores: one is the baseline and the other the current one.
RuleSet: Comparison
* obeys cb-roles
* performer 0..1
* derivedFrom only Reference(Score)
* derivedFrom.extension contains EvaluationRole named role 1..1
