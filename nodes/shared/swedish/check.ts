/** Says why a text is no such number, in words that follow the name of the field and never repeat it; undefined when nothing is wrong. */
export type Check = (text: string) => string | undefined;
