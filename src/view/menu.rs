//! A row's menu: further actions on a notification (WAI-ARIA Authoring Practices, "Menu Button").

use web_sys::{Element, HtmlElement, HtmlInputElement, wasm_bindgen::JsCast};
use yew::NodeRef;

use super::{
    act::Reaction,
    dom,
    focus::Focus,
    follow::Follow,
    intent::Intent,
    msg::{MenuMsg, Move, Msg, Page},
    popover::Placing,
    scene::Scene,
    snooze::{self, Preset},
    tag::{Tag, button, tag},
    text::Key,
};
use crate::{
    config::Placement,
    feed::Notifications,
    model::{Notification, NotificationId},
};

/// The result of a message to the menus.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) intent: Option<Intent>,
    pub(super) focus: Option<Focus>,
}

/// The menus of a panel's rows. At most one is open.
#[derive(Debug, Default)]
pub(super) struct Menus {
    open: Option<Menu>,
}

impl Menus {
    /// The row whose menu is open.
    pub(super) fn row(&self) -> Option<NotificationId> {
        self.open.as_ref().map(|menu| menu.id)
    }

    /// Closes the open menu. `true`: there was one.
    pub(super) fn close(&mut self) -> bool {
        self.open.take().is_some()
    }

    pub(super) fn update(&mut self, msg: MenuMsg, notifications: &Notifications) -> Done {
        let to = |focus| Done { focus: Some(focus), ..Done::default() };
        let open = self.open.as_mut();
        match (msg, open) {
            (MenuMsg::Toggle(id) | MenuMsg::Open(id), open) if open.as_ref().is_none_or(|menu| menu.id != id) => {
                self.open = Some(Menu::new(id));
                return to(Focus::Menu);
            }
            // A long press arrives twice: from this program's timer, and as the browser's `contextmenu` event.
            (MenuMsg::Open(_), _) => return Done::default(),
            (MenuMsg::Step(step), Some(menu)) => {
                menu.step(step);
                return Done::default();
            }
            (MenuMsg::Turn(page), Some(menu)) => {
                menu.page = page;
                return to(Focus::Menu);
            }
            (MenuMsg::Snooze, Some(menu)) => {
                let (id, moment) = (menu.id, menu.moment());
                return match moment {
                    Some(until) => self.end(Intent::Snooze(id, until as i64)),
                    None => Done::default(),
                };
            }
            (MenuMsg::Choose(intent), _) => return self.end(intent),
            (MenuMsg::Copy, Some(menu)) => {
                if let Some(notification) = notifications.with_id(menu.id) {
                    dom::copy(&notification.message);
                }
            }
            (MenuMsg::Left, _) => {
                self.open = None;
                return Done::default();
            }
            _ => {}
        }
        self.open = None;
        to(Focus::Opener)
    }

    /// Closes the menu with an intent. Focus goes back to the menu's button, unless its row is gone.
    fn end(&mut self, intent: Intent) -> Done {
        self.open = None;
        Done { intent: Some(intent), focus: Some(Focus::Opener) }
    }

    /// After a drawing: brings an open menu into the top layer, at the button of its row.
    pub(super) fn show(&mut self, panel: &Element, right_to_left: bool, now: f64) {
        if let Some(menu) = &mut self.open {
            menu.show(panel, right_to_left);
            menu.suggest(now);
        }
    }

    pub(super) fn view(&self, scene: &Scene<'_>) -> Option<Tag> {
        self.open.as_ref()?.view(scene)
    }
}

/// The menu of one row, while it is open.
#[derive(Debug)]
struct Menu {
    id: NotificationId,
    page: Page,
    node: NodeRef,
    field: NodeRef,
    suggested: bool,
    follow: Option<Follow>,
}

impl Menu {
    fn new(id: NotificationId) -> Self {
        Self {
            id,
            page: Page::Actions,
            node: NodeRef::default(),
            field: NodeRef::default(),
            suggested: false,
            follow: None,
        }
    }

    /// Moves focus between the items, around the ends.
    fn step(&self, to: Move) {
        let Some(menu) = dom::drawn(&self.node) else { return };
        let items = dom::all(&menu, "[role=menuitem]");
        let focused = dom::focused(&menu);
        let here = items.iter().position(|item| Some(item) == focused.as_ref());
        let last = items.len().saturating_sub(1);
        let index = match (to, here) {
            (Move::Last | Move::PageDown, _) | (Move::Previous, None | Some(0)) => last,
            (Move::Previous, Some(here)) => here - 1,
            (Move::Next, Some(here)) if here < last => here + 1,
            _ => 0,
        };
        if let Some(item) = items.get(index) {
            dom::focus_still(item);
        }
    }

    fn show(&mut self, panel: &Element, right_to_left: bool) {
        let selector = ["[data-id=\"", &self.id.0.to_string(), "\"] [part=menu-button]"].concat();
        let button = panel.query_selector(&selector).ok().flatten();
        if let Some((menu, button)) = dom::drawn(&self.node).zip(button)
            && self.follow.is_none()
        {
            drop(menu.unchecked_ref::<HtmlElement>().show_popover());
            let placing = Placing { placement: Placement::BottomEnd, right_to_left, is_menu: true };
            self.follow = Some(Follow::new(menu, button, placing));
        }
    }

    /// Fills the field once, when it appears. Afterwards only the member changes it.
    fn suggest(&mut self, now: f64) {
        if let Some(field) = dom::drawn(&self.field).filter(|_| !self.suggested) {
            field.unchecked_ref::<HtmlInputElement>().set_value(&snooze::bounds(now).suggested);
            self.suggested = true;
        }
    }

    /// The moment in the field, if a notification can be snoozed until then; else the browser shows what is wrong.
    fn moment(&self) -> Option<f64> {
        let field: HtmlInputElement = dom::drawn(&self.field)?.unchecked_into();
        let moment = js_sys::Date::parse(&field.value());
        field.report_validity().then_some(moment).filter(|moment| moment.is_finite())
    }

    fn view(&self, scene: &Scene<'_>) -> Option<Tag> {
        let notification = scene.snapshot.notifications.with_id(self.id)?;
        let is_form = self.page == Page::Date;
        let label = scene.text.label(notification.kind.meaning());
        let menu = tag("div")
            .attr("part", "menu")
            .attr("popover", "manual")
            .attr("id", "cn-menu")
            .node(&self.node)
            .attr("role", if is_form { "dialog" } else { "menu" })
            .set("aria-label", scene.text.with(Key::Menu, &[("label", &label)]))
            .on("contextmenu", scene.act, Reaction::Suppress)
            .on("focusout", scene.act, Reaction::MenuLeft);
        Some(match self.page {
            Page::Actions => actions(menu, scene, notification),
            Page::Snooze => self.presets(menu, scene),
            Page::Date => menu.child(self.form(scene)),
        })
    }

    fn presets(&self, mut menu: Tag, scene: &Scene<'_>) -> Tag {
        for Preset { name, until } in snooze::presets(scene.device_now) {
            let time = tag("span").attr("class", "number").text(scene.text.hour(until));
            let choice = MenuMsg::Choose(Intent::Snooze(self.id, until as i64));
            menu = menu.child(item(scene, name, choice).child(time));
        }
        menu.child(item(scene, Key::SnoozePick, MenuMsg::Turn(Page::Date)))
    }

    fn form(&self, scene: &Scene<'_>) -> Tag {
        let bounds = snooze::bounds(scene.device_now);
        let field = tag("input")
            .attr("id", "cn-until")
            .attr("type", "datetime-local")
            .attr("required", "required")
            .node(&self.field)
            .set("min", bounds.earliest)
            .set("max", bounds.latest);
        tag("div")
            .attr("class", "form")
            .child(tag("label").attr("for", "cn-until").text(scene.text.get(Key::SnoozeAt)))
            .child(field)
            .child(scene.button(None, "button strong", Key::MenuSnooze, Msg::Menu(MenuMsg::Snooze)))
    }
}

fn actions(menu: Tag, scene: &Scene<'_>, notification: &Notification) -> Tag {
    let id = notification.id;
    menu.child(item(scene, Key::MenuSnooze, MenuMsg::Turn(Page::Snooze)))
        .child((!notification.message.is_empty()).then(|| item(scene, Key::MenuCopy, MenuMsg::Copy)))
        .child(item(scene, Key::MenuMute, MenuMsg::Choose(Intent::Mute(id))))
        .child(item(scene, Key::AllYes, MenuMsg::Choose(Intent::Dismiss(id))))
}

fn item(scene: &Scene<'_>, name: Key, msg: MenuMsg) -> Tag {
    button()
        .attr("part", "menu-item")
        .attr("role", "menuitem")
        .attr("tabindex", "-1")
        .key(name as i64)
        .press(scene.act, Msg::Menu(msg))
        .child(tag("span").text(scene.text.get(name)))
}
