/** Third-party code; the build bundles this file separately. */
export { electronicFormatIBAN, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
export { default as Kontonummer } from 'kontonummer';
export { default as Organisationsnummer } from 'organisationsnummer';
