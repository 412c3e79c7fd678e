//! Reads a schema in its own language, as far as laws and the isolation matrix ask: types, fields, arguments and values
//! with their descriptions. It knows nothing of juniper, so that a fault there cannot hide itself.

/// A reference to a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// Name of the innermost type.
    pub name: String,
    /// As written, e.g. `[ID!]!`.
    pub text: String,
}

impl TypeRef {
    /// Whether it must be given.
    pub fn required(&self) -> bool {
        self.text.ends_with('!')
    }
    /// Whether it is a list.
    pub fn list(&self) -> bool {
        self.text.starts_with('[')
    }
}

/// A field, an argument, an input field or a value.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Description; empty if there is none.
    pub description: String,
    /// Its type; none for values of enums.
    pub of: Option<TypeRef>,
    /// Its arguments.
    pub arguments: Vec<Member>,
}

/// A type.
#[derive(Clone, Debug)]
pub struct Type {
    /// `type`, `input`, `enum`, `interface`, `scalar` or `union`.
    pub keyword: String,
    /// Name.
    pub name: String,
    /// Description; empty if there is none.
    pub description: String,
    /// Interfaces that it implements.
    pub implements: Vec<String>,
    /// Fields or values.
    pub members: Vec<Member>,
}

/// A schema.
#[derive(Clone, Debug)]
pub struct Sdl {
    /// Its types.
    pub types: Vec<Type>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Text(String),
    Word(String),
    Mark(char),
}

fn tokens(sdl: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = sdl;
    while let Some(first) = rest.chars().next() {
        if let Some(block) = rest.strip_prefix("\"\"\"") {
            let end = block
                .find("\"\"\"")
                .unwrap_or_else(|| panic!("a block string does not end"));
            found.push(Token::Text(block[..end].trim().to_owned()));
            rest = &block[end + 3..];
        } else if first == '"' {
            let mut end = 1;
            while !rest[end..].starts_with('"') {
                end += if rest[end..].starts_with('\\') {
                    2
                } else {
                    rest[end..].chars().next().map_or(1, char::len_utf8)
                };
            }
            found.push(Token::Text(rest[1..end].to_owned()));
            rest = &rest[end + 1..];
        } else if first == '#' {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            found.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            if !first.is_whitespace() && first != ',' {
                found.push(Token::Mark(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
}

impl Reader {
    fn takes(&mut self, mark: char) -> bool {
        self.tokens.next_if_eq(&Token::Mark(mark)).is_some()
    }
    fn description(&mut self) -> String {
        match self.tokens.next_if(|t| matches!(t, Token::Text(_))) {
            Some(Token::Text(text)) => text,
            _ => String::new(),
        }
    }
    fn word(&mut self) -> String {
        match self.tokens.next() {
            Some(Token::Word(word)) => word,
            other => panic!("a name was expected, not {other:?}"),
        }
    }
    fn type_ref(&mut self) -> TypeRef {
        let inner = if self.takes('[') {
            let inner = self.type_ref();
            assert!(self.takes(']'), "a list ends");
            TypeRef {
                text: format!("[{}]", inner.text),
                name: inner.name,
            }
        } else {
            let name = self.word();
            TypeRef {
                text: name.clone(),
                name,
            }
        };
        if self.takes('!') {
            TypeRef {
                text: format!("{}!", inner.text),
                ..inner
            }
        } else {
            inner
        }
    }
    fn directives(&mut self) {
        while self.takes('@') {
            self.word();
            if self.takes('(') {
                while !self.takes(')') {
                    self.tokens.next();
                }
            }
        }
    }
    fn members(&mut self, open: char, close: char) -> Vec<Member> {
        let mut members = Vec::new();
        if !self.takes(open) {
            return members;
        }
        while !self.takes(close) {
            let description = self.description();
            let name = self.word();
            let arguments = self.members('(', ')');
            let of = self.takes(':').then(|| self.type_ref());
            if self.takes('=') {
                self.tokens.next();
            }
            self.directives();
            members.push(Member {
                name,
                description,
                of,
                arguments,
            });
        }
        members
    }
}

impl Sdl {
    /// Reads a schema; panics where it is none.
    pub fn read(text: &str) -> Sdl {
        let mut reader = Reader {
            tokens: tokens(text).into_iter().peekable(),
        };
        let mut types = Vec::new();
        while reader.tokens.peek().is_some() {
            let description = reader.description();
            let keyword = reader.word();
            if keyword == "schema" {
                reader.members('{', '}');
                continue;
            }
            let name = reader.word();
            let mut implements = Vec::new();
            if reader
                .tokens
                .next_if_eq(&Token::Word("implements".into()))
                .is_some()
            {
                reader.takes('&');
                implements.push(reader.word());
                while reader.takes('&') {
                    implements.push(reader.word());
                }
            }
            reader.directives();
            let members = reader.members('{', '}');
            types.push(Type {
                keyword,
                name,
                description,
                implements,
                members,
            });
        }
        Sdl { types }
    }

    /// The product's own schema.
    pub fn of_the_product() -> Sdl {
        Sdl::read(&graphql::operation::sdl())
    }

    /// A type by name.
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|t| t.name == name)
    }

    /// Fields of the three roots: `(Query | Mutation | Subscription, field)`.
    pub fn roots(&self) -> Vec<(&'static str, &Member)> {
        ["Query", "Mutation", "Subscription"]
            .into_iter()
            .filter_map(|root| Some((root, self.get(root)?)))
            .flat_map(|(root, of)| of.members.iter().map(move |field| (root, field)))
            .collect()
    }

    /// A selection of everything below a type, `depth` levels of objects deep.
    pub fn selection(&self, of: &str, depth: usize) -> String {
        let Some(found) = self
            .get(of)
            .filter(|t| matches!(t.keyword.as_str(), "type" | "interface"))
        else {
            return String::new();
        };
        if found.keyword == "interface" {
            let mut parts = Vec::new();
            parts.push("__typename".to_owned());
            let implementers: Vec<&Type> = self
                .types
                .iter()
                .filter(|t| t.implements.iter().any(|i| i == of))
                .collect();
            // Fields of one name and different types cannot stand side by side without other names.
            let text = |m: &Member| m.of.as_ref().map_or("", |of| of.text.as_str()).to_owned();
            for implementer in &implementers {
                let others = || implementers.iter().flat_map(|t| &t.members);
                let clashing = |m: &&Member| others().any(|o| o.name == m.name && text(o) != text(m));
                let aliases: Vec<&str> = implementer
                    .members
                    .iter()
                    .filter(clashing)
                    .map(|m| m.name.as_str())
                    .collect();
                parts.push(format!(
                    "... on {}{}",
                    implementer.name,
                    self.fields(implementer, depth, &aliases)
                ));
            }
            return format!(" {{ {} }}", parts.join(" "));
        }
        self.fields(found, depth, &[])
    }

    fn fields(&self, found: &Type, depth: usize, aliased: &[&str]) -> String {
        let mut parts = Vec::new();
        for field in &found.members {
            if field
                .arguments
                .iter()
                .any(|a| a.of.as_ref().is_some_and(TypeRef::required))
            {
                continue;
            }
            let Some(below) = &field.of else { continue };
            let composite = self
                .get(&below.name)
                .is_some_and(|t| matches!(t.keyword.as_str(), "type" | "interface"));
            let alias = if aliased.contains(&field.name.as_str()) {
                format!("{}{}: ", found.name.to_lowercase(), field.name)
            } else {
                String::new()
            };
            if !composite {
                parts.push(format!("{alias}{}", field.name));
            } else if depth > 0 {
                parts.push(format!(
                    "{alias}{}{}",
                    field.name,
                    self.selection(&below.name, depth - 1)
                ));
            }
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!(" {{ {} }}", parts.join(" "))
        }
    }

    /// Every place below an argument or input that takes an id, as a dotted path of names.
    pub fn id_places(&self, arguments: &[Member]) -> Vec<String> {
        let mut places = Vec::new();
        for argument in arguments {
            let Some(of) = &argument.of else { continue };
            if of.name == "ID" {
                places.push(argument.name.clone());
            } else if let Some(input) = self.get(&of.name).filter(|t| t.keyword == "input") {
                places.extend(
                    self.id_places(&input.members)
                        .into_iter()
                        .map(|below| format!("{}.{below}", argument.name)),
                );
            }
        }
        places
    }
}
