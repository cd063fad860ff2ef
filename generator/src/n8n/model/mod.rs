//! What is written as JSON: n8n's own types, and those of the package's runtime.
//!
//! `property` is n8n's `INodeProperties`, as far as it is used. The rest is the Rust side of
//! `generator/n8n/runtime/descriptor.ts`, member for member; the documentation is there.

mod descriptor;
mod property;
mod request;
mod shape;
mod trigger;

pub use descriptor::{
    Lookup, OperationDescriptor, ResourceDescriptor, ResourceOption, SCHEMA_VERSION, Search,
};
pub use property::{
    DisplayOptions, FixedCollectionSection, LocatorMode, OptionItem, Property, PropertyKind,
    PropertyOptions, TypeOptions,
};
pub use request::{
    BackPage, Body, BodyEncoding, BodyPart, Deleted, NextPage, OwnServer, PageSize, Pagination,
    Parameter, PathPart, Reading, Request, ResponseReading, Slot, Source,
};
pub use shape::{Member, MemberShape, Shape};
pub use trigger::{
    EventKind, SecretDescriptor, SignatureDescriptor, SignedPiece, SubscriptionDescriptor,
    TimestampDescriptor, TriggerDescriptor,
};
