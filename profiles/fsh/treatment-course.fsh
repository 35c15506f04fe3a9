// The course format, as its issues name places in it: `TreatmentCourse.sessions[2].administrations[0].amount.value`.
// A test keeps it in step with the fields of src/course/schema.ts.

Logical: TreatmentCourse
Parent: Element
Id: TreatmentCourse
Title: "Treatment course"
Description: "A course of treatment as a clinic says it: sessions, doses, measurements, assessments, psychotherapy and outcomes. Only what was stated stands in it; every list of keywords is a CodeSystem of ours. A time may be local where the course names its time zone."
* insert Published
* id 1..1
* schemaVersion 1..1 string "Version of the format: 1"
* system 1..1 uri "The site's namespace of course identifiers"
* corrected 0..1 BackboneElement "Corrected: when and why"
* corrected.at 1..1 dateTime "When"
* corrected.reason 0..1 string "Why"
* version 0..1 string "The source's own version"
* recordedAt 0..1 dateTime "When the source recorded this version"
* timeZone 0..1 string "IANA time zone of local times"
* programme 0..1 BackboneElement "Programme that the course follows"
* programme.key 1..1 string "One of our programmes, or another name"
* programme.version 0..1 string "Version of the programme"
* patient 1..1 BackboneElement "The patient"
* patient.id 1..1
* patient.system 1..1 uri "The namespace of the patient's identifier"
* patient.otherIds 0..* BackboneElement "Other identifiers of the patient"
* patient.otherIds.id 1..1
* patient.otherIds.system 1..1 uri "Its namespace"
* patient.sex 0..1 code "Sex"
* patient.sex from https://w3id.org/coursebridge/ValueSet/sex (required)
* patient.birthDate 0..1 date "Birth date"
* patient.ageAtStart 0..1 integer "Age at start"
* status 1..1 code "Status as the clinic stated it"
* status from https://w3id.org/coursebridge/ValueSet/course-status (required)
* start 0..1 dateTime "Start"
* end 0..1 dateTime "End"
* endReason 0..1 code "End reason"
* endReason from https://w3id.org/coursebridge/ValueSet/end-reason (required)
* setting 0..1 code "Setting"
* setting from https://w3id.org/coursebridge/ValueSet/course-setting (required)
* site 0..1 Reference "The clinic"
* department 0..1 Reference "Department"
* clinician 0..1 Reference "Clinician"
* indication 0..1 BackboneElement "Indication"
* indication.diagnoses 0..* CodeableConcept "Diagnoses"
* indication.diagnoses from https://w3id.org/coursebridge/ValueSet/diagnosis (preferred)
* indication.severity 0..1 code "Severity"
* indication.severity from https://w3id.org/coursebridge/ValueSet/depression-severity (required)
* indication.episode 0..1 code "Episode"
* indication.episode from https://w3id.org/coursebridge/ValueSet/episode-type (required)
* indication.treatmentResistant 0..1 boolean "Treatment resistant"
* indication.failedAntidepressants 0..1 integer "Failed antidepressants"
* indication.priorTreatments 0..* BackboneElement "Prior treatments"
* indication.priorTreatments.kind 1..1 code "Kind"
* indication.priorTreatments.kind from https://w3id.org/coursebridge/ValueSet/prior-treatment (required)
* indication.priorTreatments.helped 0..1 boolean "Helped"
* indication.bipolar 0..1 boolean "Bipolar"
* indication.psychoticFeatures 0..1 boolean "Psychotic features"
* indication.suicidalityAtEntry 0..1 boolean "Suicidality at entry"
* indication.pain 0..1 code "Pain"
* indication.pain from https://w3id.org/coursebridge/ValueSet/pain (required)
* referral 0..1 BackboneElement "Referral"
* referral.source 0..1 code "Source"
* referral.source from https://w3id.org/coursebridge/ValueSet/referral-source (required)
* referral.at 0..1 dateTime "When"
* referral.teamDecisionAt 0..1 dateTime "Team decision at"
* referral.specialistEvaluationAt 0..1 dateTime "Specialist evaluation at"
* consent 0..1 BackboneElement "Consent"
* consent.given 1..1 boolean "Given"
* consent.at 0..1 dateTime "When"
* consent.scope 0..1 code "Scope"
* consent.scope from https://w3id.org/coursebridge/ValueSet/consent-scope (required)
* concomitantMedications 0..* BackboneElement "Concomitant medications"
* concomitantMedications.id 1..1
* concomitantMedications.corrected 0..1 BackboneElement "Corrected: when and why"
* concomitantMedications.corrected.at 1..1 dateTime "When"
* concomitantMedications.corrected.reason 0..1 string "Why"
* concomitantMedications.code 0..1 Coding "The medication"
* concomitantMedications.name 0..1 string "Name"
* concomitantMedications.class 0..1 code "Class"
* concomitantMedications.class from https://w3id.org/coursebridge/ValueSet/medication-class (required)
* concomitantMedications.dose 0..1 Quantity "Dose"
* concomitantMedications.start 0..1 dateTime "Start"
* concomitantMedications.end 0..1 dateTime "End"
* concomitantMedications.heldOnDosingDays 0..1 boolean "Held on dosing days"
* psychotherapyPlan 0..1 BackboneElement "Psychotherapy plan"
* psychotherapyPlan.required 0..1 boolean "Required"
* psychotherapyPlan.modalities 0..* code "Modalities"
* psychotherapyPlan.modalities from https://w3id.org/coursebridge/ValueSet/modality (required)
* psychotherapyPlan.therapist 0..1 Reference "Therapist"
* psychotherapyPlan.plannedSessions 0..1 integer "Planned sessions"
* eligibility 0..* BackboneElement "Eligibility"
* eligibility.id 1..1
* eligibility.corrected 0..1 BackboneElement "Corrected: when and why"
* eligibility.corrected.at 1..1 dateTime "When"
* eligibility.corrected.reason 0..1 string "Why"
* eligibility.at 0..1 dateTime "When"
* eligibility.assessor 0..1 Reference "Assessor"
* eligibility.decision 0..1 code "Decision"
* eligibility.decision from https://w3id.org/coursebridge/ValueSet/eligibility-decision (required)
* eligibility.criteria 0..* BackboneElement "Criteria"
* eligibility.criteria.key 0..1 code "The contraindication"
* eligibility.criteria.key from https://w3id.org/coursebridge/ValueSet/contraindication (required)
* eligibility.criteria.code 0..1 Coding "A code of another system"
* eligibility.criteria.state 1..1 code "State"
* eligibility.criteria.state from https://w3id.org/coursebridge/ValueSet/criterion-state (required)
* eligibility.criteria.at 0..1 dateTime "When"
* eligibility.criteria.note 0..1 string "Free text"
* phases 0..* BackboneElement "Phases"
* phases.id 1..1
* phases.corrected 0..1 BackboneElement "Corrected: when and why"
* phases.corrected.at 1..1 dateTime "When"
* phases.corrected.reason 0..1 string "Why"
* phases.key 1..1 code "The phase"
* phases.key from https://w3id.org/coursebridge/ValueSet/phase (required)
* phases.from 0..1 dateTime "From"
* phases.to 0..1 dateTime "To"
* phases.plannedSessions 0..1 integer "Planned sessions"
* phaseTransitions 0..* BackboneElement "Phase transitions"
* phaseTransitions.id 1..1
* phaseTransitions.corrected 0..1 BackboneElement "Corrected: when and why"
* phaseTransitions.corrected.at 1..1 dateTime "When"
* phaseTransitions.corrected.reason 0..1 string "Why"
* phaseTransitions.fromPhaseId 0..1 string "From phase id"
* phaseTransitions.toPhaseId 1..1 string "To phase id"
* phaseTransitions.at 0..1 dateTime "When"
* phaseTransitions.decidedBy 0..1 Reference "Decided by"
* phaseTransitions.baselineAssessmentId 0..1 string "Baseline assessment id"
* phaseTransitions.currentAssessmentId 0..1 string "Current assessment id"
* phaseTransitions.statedReductionPercent 0..1 decimal "Stated reduction percent"
* phaseTransitions.overridden 0..1 boolean "Overridden"
* phaseTransitions.overrideReason 0..1 string "Override reason"
* sessions 0..* BackboneElement "Visits"
* sessions.id 1..1
* sessions.corrected 0..1 BackboneElement "Corrected: when and why"
* sessions.corrected.at 1..1 dateTime "When"
* sessions.corrected.reason 0..1 string "Why"
* sessions.status 1..1 code "Status as the clinic stated it"
* sessions.status from https://w3id.org/coursebridge/ValueSet/done-status (required)
* sessions.reason 0..1 CodeableConcept "Why"
* sessions.reason from https://w3id.org/coursebridge/ValueSet/not-as-planned-reason (preferred)
* sessions.at 0..1 dateTime "When"
* sessions.end 0..1 dateTime "End"
* sessions.phaseId 0..1 string "Phase id"
* sessions.statedOrdinal 0..1 integer "Stated ordinal"
* sessions.setting 0..1 code "Setting"
* sessions.setting from https://w3id.org/coursebridge/ValueSet/session-setting (required)
* sessions.environment 0..1 BackboneElement "Environment"
* sessions.environment.recliner 0..1 boolean "Recliner"
* sessions.environment.eyeMask 0..1 boolean "Eye mask"
* sessions.environment.music 0..1 boolean "Music"
* sessions.supervisor 0..1 Reference "Supervisor"
* sessions.note 0..1 string "Free text"
* sessions.weight 0..1 BackboneElement "Weight"
* sessions.weight.value 1..1 decimal "Value"
* sessions.weight.unit 1..1 code "Unit"
* sessions.weight.at 0..1 dateTime "When"
* sessions.weight.basis 0..1 code "Basis"
* sessions.weight.basis from https://w3id.org/coursebridge/ValueSet/weight-basis (required)
* sessions.plannedDose 0..1 BackboneElement "Planned dose"
* sessions.plannedDose.amount 0..1 Quantity "Amount"
* sessions.plannedDose.perWeight 0..1 Quantity "Amount per body weight"
* sessions.plannedDose.minutes 0..1 integer "Minutes"
* sessions.plannedDose.changedBecause 0..1 string "Changed because"
* sessions.administrations 0..* BackboneElement "Doses"
* sessions.administrations.id 1..1
* sessions.administrations.corrected 0..1 BackboneElement "Corrected: when and why"
* sessions.administrations.corrected.at 1..1 dateTime "When"
* sessions.administrations.corrected.reason 0..1 string "Why"
* sessions.administrations.status 1..1 code "Status as the clinic stated it"
* sessions.administrations.status from https://w3id.org/coursebridge/ValueSet/done-status (required)
* sessions.administrations.reason 0..1 CodeableConcept "Why"
* sessions.administrations.reason from https://w3id.org/coursebridge/ValueSet/not-as-planned-reason (preferred)
* sessions.administrations.substance 1..1 code "Substance"
* sessions.administrations.substance from https://w3id.org/coursebridge/ValueSet/substance (required)
* sessions.administrations.kind 0..1 code "Kind"
* sessions.administrations.kind from https://w3id.org/coursebridge/ValueSet/administration-kind (required)
* sessions.administrations.route 0..1 code "Route"
* sessions.administrations.route from https://w3id.org/coursebridge/ValueSet/route (required)
* sessions.administrations.bodySite 0..1 Coding "Body site"
* sessions.administrations.method 0..1 Coding "Method"
* sessions.administrations.amount 0..1 Quantity "Amount"
* sessions.administrations.perWeight 0..1 Quantity "Amount per body weight"
* sessions.administrations.concentration 0..1 Quantity "Concentration"
* sessions.administrations.volume 0..1 Quantity "Volume"
* sessions.administrations.rate 0..1 Quantity "Rate"
* sessions.administrations.start 0..1 dateTime "Start"
* sessions.administrations.end 0..1 dateTime "End"
* sessions.administrations.lot 0..1 string "Lot number"
* sessions.administrations.waste 0..1 BackboneElement "Waste"
* sessions.administrations.waste.amount 1..1 Quantity "Amount"
* sessions.administrations.waste.witness 0..1 Reference "Witness"
* sessions.administrations.performer 0..1 Reference "Performer"
* sessions.administrations.selfTaken 0..1 boolean "Self taken"
* sessions.administrations.note 0..1 string "Free text"
* sessions.readings 0..* BackboneElement "Moments of measuring"
* sessions.readings.id 1..1
* sessions.readings.corrected 0..1 BackboneElement "Corrected: when and why"
* sessions.readings.corrected.at 1..1 dateTime "When"
* sessions.readings.corrected.reason 0..1 string "Why"
* sessions.readings.at 0..1 dateTime "When"
* sessions.readings.statedMinutes 0..1 decimal "Minutes after the first dose"
* sessions.readings.moment 0..1 code "Moment"
* sessions.readings.moment from https://w3id.org/coursebridge/ValueSet/reading-moment (required)
* sessions.readings.position 0..1 code "Position"
* sessions.readings.position from https://w3id.org/coursebridge/ValueSet/position (required)
* sessions.readings.device 0..1 string "Device"
* sessions.readings.systolic 0..1 Quantity "Systolic"
* sessions.readings.diastolic 0..1 Quantity "Diastolic"
* sessions.readings.meanArterial 0..1 Quantity "Mean arterial"
* sessions.readings.heartRate 0..1 Quantity "Heart rate"
* sessions.readings.respiratoryRate 0..1 Quantity "Respiratory rate"
* sessions.readings.oxygenSaturation 0..1 Quantity "Oxygen saturation"
* sessions.readings.temperature 0..1 Quantity "Temperature"
* sessions.sideEffects 0..* BackboneElement "Side effects"
* sessions.sideEffects.id 1..1
* sessions.sideEffects.corrected 0..1 BackboneElement "Corrected: when and why"
* sessions.sideEffects.corrected.at 1..1 dateTime "When"
* sessions.sideEffects.corrected.reason 0..1 string "Why"
* sessions.sideEffects.effect 1..1 CodeableConcept "Effect"
* sessions.sideEffects.effect from https://w3id.org/coursebridge/ValueSet/adverse-effect (preferred)
* sessions.sideEffects.severity 0..1 code "Severity"
* sessions.sideEffects.severity from https://w3id.org/coursebridge/ValueSet/effect-severity (required)
* sessions.sideEffects.onset 0..1 dateTime "Onset"
* sessions.sideEffects.resolved 0..1 dateTime "Resolved"
* sessions.sideEffects.intervention 0..1 string "Intervention"
* sessions.dissociation 0..* BackboneElement "Observations of dissociation"
* sessions.dissociation.id 1..1
* sessions.dissociation.corrected 0..1 BackboneElement "Corrected: when and why"
* sessions.dissociation.corrected.at 1..1 dateTime "When"
* sessions.dissociation.corrected.reason 0..1 string "Why"
* sessions.dissociation.scale 1..1 code "Scale"
* sessions.dissociation.scale from https://w3id.org/coursebridge/ValueSet/dissociation-scale (required)
* sessions.dissociation.score 1..1 decimal "Score"
* sessions.dissociation.at 0..1 dateTime "When"
* sessions.dissociation.statedMinutes 0..1 decimal "Minutes after the first dose"
* sessions.sedation 0..* BackboneElement "Observations of sedation"
* sessions.sedation.id 1..1
* sessions.sedation.corrected 0..1 BackboneElement "Corrected: when and why"
* sessions.sedation.corrected.at 1..1 dateTime "When"
* sessions.sedation.corrected.reason 0..1 string "Why"
* sessions.sedation.scale 1..1 code "Scale"
* sessions.sedation.scale from https://w3id.org/coursebridge/ValueSet/sedation-scale (required)
* sessions.sedation.score 1..1 integer "Score"
* sessions.sedation.at 0..1 dateTime "When"
* sessions.tolerability 0..1 integer "Tolerability"
* sessions.readyForDischargeAt 0..1 dateTime "Ready for discharge at"
* sessions.monitoredMinutes 0..1 integer "Monitored minutes"
* sessions.escorted 0..1 boolean "Escorted"
* psychotherapySessions 0..* BackboneElement "Psychotherapy sessions"
* psychotherapySessions.id 1..1
* psychotherapySessions.corrected 0..1 BackboneElement "Corrected: when and why"
* psychotherapySessions.corrected.at 1..1 dateTime "When"
* psychotherapySessions.corrected.reason 0..1 string "Why"
* psychotherapySessions.kind 1..1 code "Kind"
* psychotherapySessions.kind from https://w3id.org/coursebridge/ValueSet/psychotherapy-kind (required)
* psychotherapySessions.modality 0..1 code "Modality"
* psychotherapySessions.modality from https://w3id.org/coursebridge/ValueSet/modality (required)
* psychotherapySessions.start 0..1 dateTime "Start"
* psychotherapySessions.minutes 0..1 integer "Minutes"
* psychotherapySessions.attended 0..1 boolean "Attended"
* psychotherapySessions.therapist 0..1 Reference "Therapist"
* psychotherapySessions.sessionId 0..1 string "The session by its id"
* psychotherapySessions.note 0..1 string "Free text"
* assessments 0..* BackboneElement "Answers to instruments"
* assessments.id 1..1
* assessments.corrected 0..1 BackboneElement "Corrected: when and why"
* assessments.corrected.at 1..1 dateTime "When"
* assessments.corrected.reason 0..1 string "Why"
* assessments.instrument 1..1 string "Our key of the instrument, or its canonical"
* assessments.instrumentVersion 0..1 string "Instrument version"
* assessments.at 0..1 dateTime "When"
* assessments.answersChangedAt 0..1 dateTime "Answers changed at"
* assessments.timepoint 0..1 BackboneElement "Timepoint"
* assessments.timepoint.kind 1..1 code "Kind"
* assessments.timepoint.kind from https://w3id.org/coursebridge/ValueSet/timepoint (required)
* assessments.timepoint.n 0..1 integer "Its number"
* assessments.timepoint.sessionId 0..1 string "The session by its id"
* assessments.rater 0..1 code "Rater"
* assessments.rater from https://w3id.org/coursebridge/ValueSet/rater (required)
* assessments.assessor 0..1 Reference "Assessor"
* assessments.mode 0..1 code "Mode"
* assessments.mode from https://w3id.org/coursebridge/ValueSet/assessment-mode (required)
* assessments.language 0..1 string "Language"
* assessments.status 0..1 code "Completed, or stopped early"
* assessments.status from https://w3id.org/coursebridge/ValueSet/assessment-status (required)
* assessments.items 0..* BackboneElement "Answers, item by item"
* assessments.items.linkId 1..1 string "Link id"
* assessments.items.value 0..1 decimal "Value"
* assessments.items.code 0..1 Coding "A code of another system"
* assessments.items.text 0..1 string "Words"
* assessments.items.time 0..1 dateTime "Time"
* assessments.items.yes 0..1 boolean "Yes or no"
* assessments.statedTotal 0..1 decimal "Stated total"
* assessments.statedSubscores 0..* BackboneElement "Stated subscores"
* assessments.statedSubscores.key 1..1 string "The name of the subscore"
* assessments.statedSubscores.value 1..1 decimal "Value"
* suicideRisk 0..* BackboneElement "Suicide risk"
* suicideRisk.id 1..1
* suicideRisk.corrected 0..1 BackboneElement "Corrected: when and why"
* suicideRisk.corrected.at 1..1 dateTime "When"
* suicideRisk.corrected.reason 0..1 string "Why"
* suicideRisk.at 0..1 dateTime "When"
* suicideRisk.method 0..1 code "Method"
* suicideRisk.method from https://w3id.org/coursebridge/ValueSet/risk-method (required)
* suicideRisk.level 0..1 code "Level"
* suicideRisk.level from https://w3id.org/coursebridge/ValueSet/risk-level (required)
* suicideRisk.ideation 0..1 boolean "Ideation"
* suicideRisk.assessor 0..1 Reference "Assessor"
* interviews 0..* BackboneElement "Interviews"
* interviews.id 1..1
* interviews.corrected 0..1 BackboneElement "Corrected: when and why"
* interviews.corrected.at 1..1 dateTime "When"
* interviews.corrected.reason 0..1 string "Why"
* interviews.at 0..1 dateTime "When"
* interviews.timepoint 0..1 BackboneElement "Timepoint"
* interviews.timepoint.kind 1..1 code "Kind"
* interviews.timepoint.kind from https://w3id.org/coursebridge/ValueSet/timepoint (required)
* interviews.timepoint.n 0..1 integer "Its number"
* interviews.timepoint.sessionId 0..1 string "The session by its id"
* interviews.improvement 1..1 code "Improvement"
* interviews.improvement from https://w3id.org/coursebridge/ValueSet/improvement (required)
* interviews.assessor 0..1 Reference "Assessor"
* outcomes 0..* BackboneElement "Outcomes"
* outcomes.id 1..1
* outcomes.corrected 0..1 BackboneElement "Corrected: when and why"
* outcomes.corrected.at 1..1 dateTime "When"
* outcomes.corrected.reason 0..1 string "Why"
* outcomes.instrument 1..1 string "Instrument"
* outcomes.baselineAssessmentId 1..1 string "Baseline assessment id"
* outcomes.currentAssessmentId 1..1 string "Current assessment id"
* outcomes.at 0..1 dateTime "When"
* outcomes.assessor 0..1 Reference "Assessor"
* outcomes.statedCategory 0..1 code "Stated category"
* outcomes.statedCategory from https://w3id.org/coursebridge/ValueSet/outcome-category (required)
* outcomes.statedReductionPercent 0..1 decimal "Stated reduction percent"
* adverseEvents 0..* BackboneElement "Adverse events"
* adverseEvents.id 1..1
* adverseEvents.corrected 0..1 BackboneElement "Corrected: when and why"
* adverseEvents.corrected.at 1..1 dateTime "When"
* adverseEvents.corrected.reason 0..1 string "Why"
* adverseEvents.sessionId 0..1 string "The session by its id"
* adverseEvents.at 0..1 dateTime "When"
* adverseEvents.event 1..1 CodeableConcept "Event"
* adverseEvents.event from https://w3id.org/coursebridge/ValueSet/adverse-effect (preferred)
* adverseEvents.serious 0..1 boolean "Serious"
* adverseEvents.grade 0..1 integer "Grade"
* adverseEvents.causality 0..1 code "Causality"
* adverseEvents.causality from https://w3id.org/coursebridge/ValueSet/causality (required)
* adverseEvents.action 0..1 string "Action"
* adverseEvents.outcome 0..1 code "Outcome"
* adverseEvents.outcome from https://w3id.org/coursebridge/ValueSet/event-outcome (required)
* adverseEvents.note 0..1 string "Free text"
* followUps 0..* BackboneElement "Follow ups"
* followUps.id 1..1
* followUps.corrected 0..1 BackboneElement "Corrected: when and why"
* followUps.corrected.at 1..1 dateTime "When"
* followUps.corrected.reason 0..1 string "Why"
* followUps.at 0..1 dateTime "When"
* followUps.mood 0..1 code "Mood"
* followUps.mood from https://w3id.org/coursebridge/ValueSet/mood (required)
* followUps.antidepressantChanged 0..1 boolean "Antidepressant changed"
* followUps.relapse 0..1 boolean "Relapse"
* followUps.lost 0..1 boolean "Lost"
* followUps.note 0..1 string "Free text"
* recorder 0..1 Reference "Recorder"
* sourceSystem 0..1 string "Source system"
