// One dose event.

RuleSet: Dose
* insert OfACourse
* obeys cb-dose-status and cb-not-done
* extension contains
    StatedStatus named status 1..1 and
    DosePerWeight named perWeight 0..1 and
    Concentration named concentration 0..1 and
    Volume named volume 0..1 and
    Waste named waste 0..1 and
    SelfTaken named selfTaken 0..1
* extension[status].valueCoding from https://w3id.org/coursebridge/ValueSet/done-status (required)
* context 1..1
* context only Reference(EpisodeOfCare)
* context.identifier 1..1
* context.identifier.system 1..1
* context.identifier.value 1..1
* instantiates 0..1
* statusReason 0..1
* statusReason from https://w3id.org/coursebridge/ValueSet/not-as-planned-reason (preferred)
* statusReason obeys cb-words
* category from http://hl7.org/fhir/ValueSet/medication-admin-category (required)
* medication[x] only CodeableConcept
* medicationCodeableConcept from https://w3id.org/coursebridge/ValueSet/substance (required)
* medicationCodeableConcept.coding 1..*
* performer 0..1
* reasonCode from https://w3id.org/coursebridge/ValueSet/diagnosis (preferred)
* reasonCode.coding 1..*
* contained 0..1
* contained only Medication
* supportingInformation 0..1
* supportingInformation only Reference(Medication)
* note 0..1
* dosage.text 0..0
* dosage.site.coding 1..1
* dosage.route from https://w3id.org/coursebridge/ValueSet/route (required)
* dosage.method.coding 1..1
* dosage.dose obeys cb-dose
* dosage.rate[x] only SimpleQuantity
* dosage.rateQuantity from https://w3id.org/coursebridge/ValueSet/dose-rate-unit (required)
* dosage.rateQuantity.value 1..1

Profile: KetamineAdministration
Parent: MedicationAdministration
Id: ketamine-administration
Title: "Ketamine administration"
Description: "A dose of ketamine or esketamine that was given, stopped or not given. A dose that nobody stated is absent, never assumed."
* insert Dose
* partOf 0..0
* extension contains AdministrationKind named kind 0..1
* extension[kind].valueCoding = https://w3id.org/coursebridge/CodeSystem/administration-kind#initial

Profile: SupplementAdministration
Parent: MedicationAdministration
Id: supplement-administration
Title: "Supplement administration"
Description: "A dose on top of the first one of its session, planned or as a rescue. It is part of the first dose."
* insert Dose
* partOf 0..1
* partOf only Reference(MedicationAdministration)
* extension contains AdministrationKind named kind 1..1
* extension[kind].valueCoding obeys cb-supplement
