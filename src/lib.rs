//! tijian

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod import;
pub mod keys;
pub mod locales;
pub mod report;
pub mod session;
pub mod store;
pub mod text;
pub mod view;
