import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.utilities.validation.ValidationOptions;

/**
 * HAPI's adapter wants every coding of a CodeableConcept in the bound value set. FHIR (R4,
 * terminologies.html, 4.1.5) wants one, and lets local codings stand beside it.
 */
class AnyCodingWorkerContext extends WorkerContextValidationSupportAdapter {

  AnyCodingWorkerContext(ValidationSupportChain chain) {
    super(chain);
  }

  @Override
  public ValidationResult validateCode(
      ValidationOptions options, CodeableConcept concept, ValueSet valueSet) {
    if (valueSet != null && concept.getCoding().size() > 1) {
      for (Coding coding : concept.getCoding()) {
        ValidationResult alone =
            super.validateCode(options, new CodeableConcept(coding), valueSet);
        if (alone.isOk()) {
          return alone;
        }
      }
    }
    return super.validateCode(options, concept, valueSet);
  }
}
