// Goes on to the table of events with what the address asks for.
location.replace(`../events/index.html${location.search}${location.hash}`);
