//! The default colours have the contrast that WCAG 2.2 AA asks for, computed from the stylesheet.

const CSS: &str = concat!(include_str!("../../static/element/bell.css"), include_str!("../../static/widget.css"));

/// A colour, each channel from 0 to 1.
type Rgb = [f64; 3];

/// The light and the dark default of a custom property.
fn colours(name: &str) -> [Rgb; 2] {
    let start = ["--_", name, ":"].concat();
    let (_, rest) = CSS.split_once(&start).unwrap_or_else(|| panic!("no stylesheet has --_{name}"));
    let (_, pair) = rest.split_once("light-dark(").unwrap();
    let (pair, _) = pair.split_once(')').unwrap();
    let (light, dark) = pair.split_once(", ").unwrap();
    [hex(light), hex(dark)]
}

fn hex(text: &str) -> Rgb {
    let digits = text.trim().trim_start_matches('#');
    assert_eq!(digits.len(), 6, "{text} is not written with six digits");
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()) / 255.0)
}

/// `color-mix(in srgb, top PERCENT, bottom)`.
fn mix(top: Rgb, percent: f64, bottom: Rgb) -> Rgb {
    [0, 1, 2].map(|channel| top[channel] * percent / 100.0 + bottom[channel] * (1.0 - percent / 100.0))
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |colour: Rgb| {
        let linear = |c: f64| {
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
}

#[test]
fn default_colours_can_be_read_in_light_and_dark() {
    let names = ["surface", "text", "muted", "accent", "alert", "success", "badge-bg", "badge-text"];
    for (theme, index) in [("light", 0), ("dark", 1)] {
        let [surface, text, muted, accent, alert, success, badge, badge_text] = names.map(|name| colours(name)[index]);
        let on = |top: Rgb, percent| mix(top, percent, surface);
        let pairs = [
            ("text", text, surface),
            ("text on a notice", text, on(alert, 8.0)),
            ("text on a question", text, on(accent, 8.0)),
            ("text on the chosen filter", text, on(accent, 12.0)),
            ("muted text", muted, surface),
            ("muted text in a row under the pointer", muted, on(text, 4.0)),
            ("muted text in a row with focus", muted, on(accent, 7.0)),
            ("muted text on a notice", muted, on(alert, 8.0)),
            ("the number on the chosen filter", muted, on(accent, 12.0)),
            ("an icon", muted, on(text, 6.0)),
            ("an icon that alerts", alert, on(alert, 13.0)),
            ("an icon of success", success, on(success, 13.0)),
            ("a link", accent, surface),
            ("a link in a row with focus", accent, on(accent, 7.0)),
            ("the strong button", surface, accent),
            ("the undo bar", surface, text),
            ("a failed dismissal", alert, surface),
            ("a failed dismissal in a row with focus", alert, on(accent, 7.0)),
            ("the badge", badge_text, badge),
        ];
        for (what, front, back) in pairs {
            let ratio = contrast(front, back);
            assert!(ratio >= 4.5, "{theme}: {what} has a contrast of {ratio:.2}, less than 4.5");
        }
    }
}
