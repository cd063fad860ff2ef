//! Servers and their variables.

use super::reader::Reader;
use super::shell::Shape;
use crate::ir::{Server, ServerVariable};
use crate::load::Node;

const SERVER: Shape<'_> = Shape {
    // 3.2 names servers.
    aside: &["variables", "name"],
    required: &[("url", "/")],
    expected: &[],
    tag: None,
    stand_in: None,
};

const VARIABLE: Shape<'_> = Shape {
    aside: &[],
    required: &[("default", "")],
    expected: &[],
    tag: None,
    stand_in: None,
};

impl<'d> Reader<'d, '_> {
    /// `servers` of the document, a path item or an operation.
    pub(super) fn servers(&mut self, node: &Node<'d>) -> Vec<Server> {
        let Some(list) = self.array(node, "servers") else {
            return Vec::new();
        };
        let mut servers = Vec::new();
        for node in list.items() {
            let Some(server) = self.shell::<openapiv3::Server>(&node, &SERVER) else {
                continue;
            };
            servers.push(Server {
                url: server.url,
                description: server.description,
                variables: self.server_variables(&node),
                origin: node.origin(),
            });
        }
        servers
    }

    fn server_variables(&mut self, server: &Node<'d>) -> Vec<ServerVariable> {
        let Some(map) = self.object(server, "variables") else {
            return Vec::new();
        };
        let mut variables = Vec::new();
        for (name, node) in map.entries() {
            let read = self.shell::<openapiv3::ServerVariable>(&node, &VARIABLE);
            let Some(variable) = read else { continue };
            variables.push(ServerVariable {
                name: name.to_owned(),
                default: variable.default,
                values: variable.enumeration,
                description: variable.description,
            });
        }
        variables
    }
}
