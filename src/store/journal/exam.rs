//! One exam for every kind of journal, and the file's own trials.
