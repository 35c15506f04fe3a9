// Rules that several profiles have. A parameter is in braces.

// Where several profiles of ours can be meant, a reference names their base: a validator tries each profile on each target.

RuleSet: Published
* ^experimental = false
* ^publisher = "coursebridge"

// One identifier of ours, and a patient.
RuleSet: OfACourse
* insert Published
* identifier 1..1
* identifier.system 1..1
* identifier.value 1..1
* subject 1..1
* subject only Reference(Patient)
* subject obeys cb-whom
* extension contains
    Corrected named corrected 0..1 and
    Retracted named retracted 0..1

// The course itself, as a logical EpisodeOfCare, where the type has no element for it.
RuleSet: CourseAsExtension
* extension contains $episode named course 1..1
* extension[course].valueReference.identifier 1..1
* extension[course].valueReference.identifier.system 1..1
* extension[course].valueReference.identifier.value 1..1

// An Observation of ours, of a category.
RuleSet: Finding(category)
* insert OfACourse
* insert CourseAsExtension
* obeys cb-status
* category 1..1
* category = $category#{category}
* bodySite 0..0
* method 0..0
* specimen 0..0
* referenceRange 0..0

// Its code is one of ours alone.
RuleSet: Called(code)
* code = $observation#{code}

// Its code is one of ours beside the standard ones that its parent asks for.
RuleSet: AlsoCalled(code)
* code.coding contains own 1..1
* code.coding[own].system 1..1
* code.coding[own].system = "https://w3id.org/coursebridge/CodeSystem/observation"
* code.coding[own].code 1..1
* code.coding[own].code = #{code}

// What was seen at a visit is part of its first dose, where one was given.
RuleSet: AtAVisit
* partOf 0..1
* partOf only Reference(MedicationAdministration)

RuleSet: AtNoVisit
* partOf 0..0

// A list of components and members, without a value of its own.
RuleSet: Group
* value[x] 0..0
* dataAbsentReason 0..0

RuleSet: WithoutMembers
* hasMember 0..0

RuleSet: Underived
* derivedFrom 0..0

// Components are told apart by their code, and each is one that the profile names.
RuleSet: Facts
* component ^slicing.discriminator.type = #pattern
* component ^slicing.discriminator.path = "code"
* component ^slicing.ordered = false
* component ^slicing.rules = #closed
* component.interpretation 0..0
* component.referenceRange 0..0

RuleSet: Fact(name, cardinality, short)
* component contains {name} {cardinality}
* component[{name}] ^short = "{short}"
* component[{name}].code = $fact#{name}
* component[{name}].value[x] 1..1
* component[{name}].dataAbsentReason 0..0

RuleSet: FactOf(name, type, cardinality, short)
* insert Fact({name}, {cardinality}, {short})
* component[{name}].value[x] only {type}

RuleSet: FactIn(name, unit, cardinality, short)
* insert Fact({name}, {cardinality}, {short})
* component[{name}].value[x] only Quantity
* component[{name}].valueQuantity = '{unit}'
* component[{name}].valueQuantity.value 1..1

RuleSet: FactFrom(name, set, cardinality, short)
* insert Fact({name}, {cardinality}, {short})
* component[{name}].value[x] only CodeableConcept
* component[{name}].valueCodeableConcept from https://w3id.org/coursebridge/ValueSet/{set} (required)

// A concept of one of our lists, or, where the list has none, another code or the clinic's own words.
RuleSet: FactPreferably(name, set, cardinality, short)
* insert Fact({name}, {cardinality}, {short})
* component[{name}].value[x] only CodeableConcept
* component[{name}].valueCodeableConcept from https://w3id.org/coursebridge/ValueSet/{set} (preferred)
* component[{name}].valueCodeableConcept obeys cb-words

// A number that may be unknown, and then says so.
RuleSet: FactOrReason(name, unit, cardinality, short)
* component contains {name} {cardinality}
* component[{name}] ^short = "{short}"
* component[{name}] obeys cb-known
* component[{name}].code = $fact#{name}
* component[{name}].value[x] only Quantity
* component[{name}].valueQuantity = '{unit}'
* component[{name}].valueQuantity.value 1..1
* component[{name}].dataAbsentReason from https://w3id.org/coursebridge/ValueSet/absent-reason (required)
