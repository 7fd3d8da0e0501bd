//! Elements, put together step by step.
//!
//! Each step is one function of the program, shared by all elements. `html!` writes all steps out at each place, which
//! is several times as much to download (`docs/performance.md`).

use std::{cell::RefCell, rc::Rc};

use web_sys::Event;
use yew::{
    AttrValue, Html, NodeRef,
    virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VTag, VText},
};

use super::{
    act::{Act, Reaction},
    msg::Msg,
};

/// An element that is being put together.
#[derive(Debug)]
pub(super) struct Tag(Box<Parts>);

#[derive(Debug)]
struct Parts {
    tag: VTag,
    names: Vec<&'static str>,
    values: Vec<Option<AttributeOrProperty>>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    children: Vec<Html>,
}

/// An element of this name.
#[inline(never)]
pub(super) fn tag(name: &'static str) -> Tag {
    Tag(Box::new(Parts {
        tag: VTag::new(name),
        names: Vec::new(),
        values: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
    }))
}

/// A button that sends no form.
pub(super) fn button() -> Tag {
    tag("button").attr("type", "button")
}

impl Tag {
    /// Sets an attribute to one of few values, or leaves it out.
    pub(super) fn attr(self, name: &'static str, value: impl Into<Option<&'static str>>) -> Self {
        self.fixed(name, value.into())
    }

    /// Sets an attribute to a computed value.
    pub(super) fn set(self, name: &'static str, value: impl Into<AttrValue>) -> Self {
        self.computed(name, value.into())
    }

    /// Sets an attribute to `true` or `false`.
    #[inline(never)]
    pub(super) fn flag(self, name: &'static str, value: bool) -> Self {
        self.attr(name, if value { "true" } else { "false" })
    }

    /// Checks a box, or unchecks it.
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.tag.set_checked(checked);
        self
    }

    /// Tells the element from its siblings in the next drawing.
    pub(super) fn key(self, key: impl Into<Key>) -> Self {
        self.keyed(key.into())
    }

    /// Makes the reference point to the element while it is drawn.
    #[inline(never)]
    pub(super) fn node(mut self, node: &NodeRef) -> Self {
        self.0.tag.node_ref = node.clone();
        self
    }

    /// Listens for the events of this name.
    #[inline(never)]
    pub(super) fn on(mut self, name: &'static str, act: &Act, reaction: Reaction) -> Self {
        self.0.listeners.push(Some(Rc::new(On { name, act: act.clone(), reaction })));
        self
    }

    /// Sends a message for a press.
    #[inline(never)]
    pub(super) fn press(self, act: &Act, msg: Msg) -> Self {
        self.on("click", act, Reaction::Send(msg))
    }

    /// Reports pointer events.
    pub(super) fn touch(self, act: &Act) -> Self {
        let kinds = ["pointerdown", "pointermove", "pointerup", "pointercancel"];
        kinds.into_iter().fold(self, |tag, kind| tag.on(kind, act, Reaction::Touch))
    }

    /// Puts an element in, if there is one. An absent element keeps its place for the next drawing.
    pub(super) fn child(self, child: impl Into<Option<Self>>) -> Self {
        self.append(child.into().map(Html::from).unwrap_or_default())
    }

    /// Puts several elements in.
    pub(super) fn children(self, children: impl IntoIterator<Item = impl Into<Option<Self>>>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Puts a text in.
    pub(super) fn text(self, text: impl Into<AttrValue>) -> Self {
        self.append(VText { text: text.into() }.into())
    }

    /// Puts in any other Yew node.
    #[inline(never)]
    pub(super) fn append(mut self, html: Html) -> Self {
        self.0.children.push(html);
        self
    }

    #[inline(never)]
    fn keyed(mut self, key: Key) -> Self {
        self.0.tag.key = Some(key);
        self
    }

    #[inline(never)]
    fn fixed(self, name: &'static str, value: Option<&'static str>) -> Self {
        self.put(name, value.map(AttributeOrProperty::Static))
    }

    #[inline(never)]
    fn computed(self, name: &'static str, value: AttrValue) -> Self {
        self.put(name, Some(AttributeOrProperty::Attribute(value)))
    }

    fn put(mut self, name: &'static str, value: Option<AttributeOrProperty>) -> Self {
        self.0.names.push(name);
        self.0.values.push(value);
        self
    }
}

impl From<Tag> for Html {
    #[inline(never)]
    fn from(tag: Tag) -> Self {
        let Parts { mut tag, names, values, listeners, children } = *tag.0;
        tag.attributes = Attributes::Dynamic { keys: shared(names), values: values.into() };
        tag.set_listeners(listeners.into());
        if let Some(all) = tag.children_mut() {
            *all = VList::with_children(children, None).into();
        }
        tag.into()
    }
}

thread_local! {
    /// The lists of attribute names: one for each kind of element.
    static NAMES: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
}

/// One shared list for equal names: Yew then compares the values at each position, and looks no names up.
fn shared(names: Vec<&'static str>) -> &'static [&'static str] {
    NAMES.with_borrow_mut(|lists| {
        let known = lists.iter().find(|list| **list == names).copied();
        known.unwrap_or_else(|| {
            lists.push(names.leak());
            lists.last().copied().unwrap_or_default()
        })
    })
}

/// An element's listener.
struct On {
    name: &'static str,
    act: Act,
    reaction: Reaction,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(self.name.into())
    }

    fn handle(&self, event: Event) {
        self.act.react(&self.reaction, &event);
    }

    fn passive(&self) -> bool {
        false
    }
}
