// The time zone of this device, offered where another one is chosen.

const field = document.getElementById("id_time_zone");
const offer = document.querySelector("[data-this-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (field && offer && field.value !== here && [...field.options].some((option) => option.value === here)) {
  offer.hidden = false;
  offer.addEventListener("click", () => {
    field.value = here;
    offer.hidden = true;
    field.focus();
  });
}
