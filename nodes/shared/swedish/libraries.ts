/** What the build bundles of others, in a file of its own. */
export { electronicFormatIBAN, isValidBIC, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
export { default as Kontonummer } from 'kontonummer';
export { default as Organisationsnummer } from 'organisationsnummer';
