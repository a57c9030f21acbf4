/* On a phone a desk's menu is a strip that scrolls: the room one is in comes into sight. */
document.querySelector(".sd [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
