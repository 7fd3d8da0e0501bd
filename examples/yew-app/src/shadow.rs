//! A shadow root with the widget's styles, which are written for one.

use coworker_notifications::STYLES;
use web_sys::{Element, ShadowRootInit, ShadowRootMode};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct ShadowProps {
    pub(crate) children: Html,
}

/// Draws its children in a shadow root of its own.
#[component]
pub(crate) fn Shadow(props: &ShadowProps) -> Html {
    let host = use_node_ref();
    let root = use_state(|| None::<Element>);
    {
        let (host, root) = (host.clone(), root.setter());
        use_effect_with((), move |()| root.set(host.cast::<Element>().and_then(|host| attach(&host))));
    }
    let inside = root.as_ref().map(|root| create_portal(props.children.clone(), root.clone()));
    html! { <span class="bell" ref={host}>{ inside }</span> }
}

/// A shadow root with the styles and an element to draw into. `None`: the browser has no shadow roots.
fn attach(host: &Element) -> Option<Element> {
    let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok()?;
    let document = host.owner_document()?;
    let style = document.create_element("style").ok()?;
    style.set_text_content(Some(&STYLES.concat()));
    let root = document.create_element("div").ok()?;
    root.set_class_name("root");
    shadow.append_child(&style).ok()?;
    shadow.append_child(&root).ok()?;
    Some(root)
}
