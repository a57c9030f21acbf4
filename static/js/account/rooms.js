/* On a phone the menu of the account scrolls: the room one is in stands in sight. */
document.querySelector(".acn [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
