// A guide that is not ours: every kind of constraint once, on types that our profiles use and on others.

CodeSystem: SmallColour
Id: small-colour
Title: "Colours"
* ^experimental = true
* ^caseSensitive = true
* ^hierarchyMeaning = #is-a
* #red "Red"
  * #crimson "Crimson"
  * #scarlet "Scarlet"
* #green "Green"
* #blue "Blue"

ValueSet: SmallFew
Id: small-few
Title: "A few colours, one by one"
* ^experimental = true
* SmallColour#red "Red"
* SmallColour#green "Green"

ValueSet: SmallAll
Id: small-all
Title: "All colours"
* ^experimental = true
* include codes from system SmallColour

ValueSet: SmallReds
Id: small-reds
Title: "Red and what is red"
* ^experimental = true
* include codes from system SmallColour where concept is-a #red

ValueSet: SmallNotBlue
Id: small-not-blue
Title: "All but blue"
* ^experimental = true
* include codes from system SmallColour
* exclude SmallColour#blue

ValueSet: SmallNested
Id: small-nested
Title: "The few, and hues of two standards"
* ^experimental = true
* include codes from valueset SmallFew
* http://snomed.info/sct#371240000 "Red color"
* http://loinc.org#44249-1

ValueSet: SmallGenders
Id: small-genders
Title: "All of a system of HL7's but one"
* ^experimental = true
* include codes from system http://hl7.org/fhir/administrative-gender
* exclude http://hl7.org/fhir/administrative-gender#other

Invariant: small-1
Description: "A value or a reason for its absence"
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

Invariant: small-2
Description: "A note is recommended"
Severity: #warning
Expression: "note.exists()"

Invariant: small-3
Description: "What is red has a component for each of its notes"
Severity: #error
Expression: "value.ofType(CodeableConcept).coding.where(code = 'red').exists() implies component.count() >= note.count()"

Invariant: small-4
Description: "Values of components are not above one hundred together"
Severity: #error
Expression: "component.value.ofType(Quantity).value.aggregate($this + $total, 0) <= 100"

Invariant: small-5
Description: "A label has capitals, digits and dashes"
Severity: #error
Expression: "$this.matches('^[A-Z0-9-]+$')"

Invariant: small-6
Description: "Families differ from each other"
Severity: #error
Expression: "name.family.isDistinct()"

Invariant: small-7
Description: "The period is within what the resource says it covers"
Severity: #error
Expression: "start >= %resource.birthDate"

Invariant: small-8
Description: "Whoever is old enough can be reached"
Severity: #warning
Expression: "iif(birthDate < @2010-01-01, telecom.exists(), true)"

Extension: SmallFlag
Id: small-flag
Title: "A flag"
* ^context[0].type = #element
* ^context[0].expression = "Observation"
* ^context[1].type = #element
* ^context[1].expression = "Patient.name"
* value[x] only boolean
* value[x] 1..1

Extension: SmallHue
Id: small-hue
Title: "A colour on any coded element"
* ^context.type = #element
* ^context.expression = "CodeableConcept"
* value[x] only CodeableConcept
* value[x] 1..1
* valueCodeableConcept from SmallFew (required)

Extension: SmallPair
Id: small-pair
Title: "A word and its rank"
* ^context.type = #element
* ^context.expression = "DomainResource"
* extension contains word 1..1 and rank 0..1
* extension[word].value[x] only string
* extension[word].value[x] 1..1
* extension[rank].value[x] only integer or decimal
* extension[rank].value[x] 1..1

Extension: SmallInside
Id: small-inside
Title: "Only within the pair"
* ^context.type = #extension
* ^context.expression = "https://w3id.org/coursebridge/StructureDefinition/small-pair"
* value[x] only code
* value[x] 1..1

Extension: SmallReach
Id: small-reach
Title: "Where a path says"
* ^context.type = #fhirpath
* ^context.expression = "Observation.component.value"
* ^contextInvariant = "%resource.status = 'final'"
* value[x] only Reference(Patient or Practitioner)
* value[x] 1..1

Extension: SmallHalt
Id: small-halt
Title: "Changes what is said"
* . ?!
* ^context.type = #element
* ^context.expression = "Observation"
* . ^isModifier = true
* . ^isModifierReason = "It negates the observation"
* value[x] only code
* value[x] 1..1
* valueCode from SmallFew (required)

Profile: SmallQuantity
Parent: Quantity
Id: small-quantity
Title: "Milligrams"
* value 1..1
* comparator 0..0
* system 1..1
* system = "http://unitsofmeasure.org"
* code 1..1
* code = #mg

Profile: SmallPeriod
Parent: Period
Id: small-period
Title: "A period that has begun"
* start 1..1

Profile: SmallObservation
Parent: Observation
Id: small-observation
Title: "Every kind of constraint"
* obeys small-1 and small-2 and small-3 and small-4
* status = #final
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains survey 1..1 and exam 0..1
* category[survey] = http://terminology.hl7.org/CodeSystem/observation-category#survey
* category[exam] = http://terminology.hl7.org/CodeSystem/observation-category#exam
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding contains loinc 1..1 and colour 0..1
* code.coding[loinc].system = "http://loinc.org" (exactly)
* code.coding[loinc].code = #44249-1 (exactly)
* code.coding[colour].system = Canonical(SmallColour)
* code.coding[colour].code from SmallFew (required)
* subject 1..1
* subject only Reference(Patient)
* performer only Reference(Practitioner or Organization)
* performer 0..2
* effective[x] only dateTime or Period
* effectivePeriod only SmallPeriod
* value[x] only Quantity or CodeableConcept or string
* valueQuantity only SmallQuantity
* valueCodeableConcept from SmallNotBlue (required)
* interpretation from SmallFew (extensible)
* bodySite from SmallAll (preferred)
* method from SmallReds (required)
* specimen 0..0
* identifier ^slicing.discriminator.type = #value
* identifier ^slicing.discriminator.path = "system"
* identifier ^slicing.rules = #open
* identifier contains label 1..1
* identifier[label].system 1..1
* identifier[label].system = "https://small.example.org/labels" (exactly)
* identifier[label].value 1..1
* identifier[label].value obeys small-5
* identifier[label].value ^maxLength = 8
* component ^slicing.discriminator.type = #value
* component ^slicing.discriminator.path = "code"
* component ^slicing.rules = #closed
* component contains dose 0..1 and hue 0..2
* component[dose].code = http://loinc.org#8480-6
* component[dose].value[x] only Quantity
* component[dose].value[x] 1..1
* component[dose].valueQuantity.value ^minValueDecimal = 0
* component[dose].valueQuantity.value ^maxValueDecimal = 60
* component[hue].code = http://loinc.org#8462-4
* component[hue].value[x] only CodeableConcept
* component[hue].valueCodeableConcept from SmallNested (required)
* component.referenceRange.text 1..1
* referenceRange.type = http://terminology.hl7.org/CodeSystem/referencerange-meaning#normal
* extension contains SmallFlag named flag 0..1 and SmallPair named pair 0..1
* modifierExtension contains SmallHalt named halt 0..1

Profile: SmallOrdered
Parent: Observation
Id: small-ordered
Title: "Slices in order, and what is more at the end"
* component ^slicing.discriminator.type = #pattern
* component ^slicing.discriminator.path = "code"
* component ^slicing.ordered = true
* component ^slicing.rules = #openAtEnd
* component contains first 1..1 and second 0..1
* component[first].code = http://loinc.org#8480-6
* component[second].code = http://loinc.org#8462-4

Profile: SmallTyped
Parent: Observation
Id: small-typed
Title: "Slices by type"
* value[x] 1..1
* value[x] ^slicing.discriminator.type = #type
* value[x] ^slicing.discriminator.path = "$this"
* value[x] ^slicing.rules = #closed
* value[x] contains valueQuantity 0..1 and valueString 0..1
* value[x][valueQuantity] only Quantity
* value[x][valueQuantity].unit 1..1
* value[x][valueString] only string
* value[x][valueString] = "none"

Profile: SmallAimed
Parent: Observation
Id: small-aimed
Title: "Slices by the type of what is referred to"
* focus ^slicing.discriminator.type = #type
* focus ^slicing.discriminator.path = "resolve()"
* focus ^slicing.rules = #closed
* focus contains who 0..1 and what 1..1
* focus[who] only Reference(Patient)
* focus[what] only Reference(Observation)

Profile: SmallPatient
Parent: Patient
Id: small-patient
Title: "A person, by what exists and what is fixed"
* obeys small-6 and small-8
* identifier ^slicing.discriminator.type = #exists
* identifier ^slicing.discriminator.path = "period"
* identifier ^slicing.rules = #closed
* identifier contains past 0..1 and present 1..1
* identifier[past].period 1..1
* identifier[past].use = #old
* identifier[present].period 0..0
* identifier[present].use = #official
* name 1..2
* name.family 1..1
* name.given 0..2
* name.period obeys small-7
* name.use from SmallUses (required)
* name.extension contains SmallFlag named flag 1..1
* gender from SmallGenders (required)
* maritalStatus = http://terminology.hl7.org/CodeSystem/v3-MaritalStatus#M "Married" (exactly)
* birthDate ^minValueDate = "1900-01-01"
* birthDate ^maxValueDate = "2030-12-31"
* deceased[x] only boolean
* deceasedBoolean = false
* multipleBirth[x] only integer
* multipleBirthInteger ^minValueInteger = 1
* multipleBirthInteger ^maxValueInteger = 3
* telecom ^slicing.discriminator[0].type = #value
* telecom ^slicing.discriminator[0].path = "system"
* telecom ^slicing.discriminator[1].type = #value
* telecom ^slicing.discriminator[1].path = "use"
* telecom ^slicing.rules = #open
* telecom contains homePhone 0..1
* telecom[homePhone].system = #phone
* telecom[homePhone].use = #home
* telecom[homePhone].rank 1..1
* generalPractitioner only Reference(Practitioner)
* photo 0..0
* link.other only Reference(Patient)
* active 1..1

ValueSet: SmallUses
Id: small-uses
Title: "Uses of a name"
* ^experimental = true
* http://hl7.org/fhir/name-use#official
* http://hl7.org/fhir/name-use#usual

Profile: SmallAdministration
Parent: MedicationAdministration
Id: small-administration
Title: "An administration"
* medication[x] only CodeableConcept
* medicationCodeableConcept.text 1..1
* subject only Reference(Patient)
* effective[x] only Period
* effectivePeriod.end 1..1
* dosage 1..1
* dosage.dose 1..1
* dosage.dose only SmallSimple
* dosage.rate[x] only Ratio
* dosage.route.extension contains SmallHue named hue 0..1
* reasonCode 0..1

Profile: SmallSimple
Parent: SimpleQuantity
Id: small-simple
Title: "A simple quantity in milligrams"
* value 1..1
* code = #mg
* system = "http://unitsofmeasure.org"

Profile: SmallResponse
Parent: QuestionnaireResponse
Id: small-response
Title: "Answers by their linkId"
* item ^slicing.discriminator.type = #value
* item ^slicing.discriminator.path = "linkId"
* item ^slicing.rules = #open
* item contains one 1..1 and two 0..1
* item[one].linkId = "g" (exactly)
* item[one].text 1..1
* item[two].linkId = "b" (exactly)
* item[two].answer 1..1
* item[two].answer.value[x] only boolean
* authored 1..1
* item.item.item 0..0

Profile: SmallBundle
Parent: Bundle
Id: small-bundle
Title: "Entries by the type of what they hold"
* type = #collection
* entry ^slicing.discriminator.type = #type
* entry ^slicing.discriminator.path = "resource"
* entry ^slicing.rules = #closed
* entry contains person 1..1 and finding 0..2
* entry[person].resource only Patient
* entry[person].resource 1..1
* entry[finding].resource only Observation
* entry[finding].resource 1..1
* entry[finding].fullUrl 1..1

Profile: SmallFiled
Parent: Bundle
Id: small-filed
Title: "Entries by the profile of what they hold"
* entry ^slicing.discriminator.type = #profile
* entry ^slicing.discriminator.path = "resource"
* entry ^slicing.rules = #open
* entry contains person 1..1
* entry[person].resource only SmallPatient
* entry[person].resource 1..1
